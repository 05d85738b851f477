"""Recovery: what data the product keeps, and what is written and practised to get it back."""
