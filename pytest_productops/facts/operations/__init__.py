"""Operations: how the product is deployed, watched, scaled and taken back."""
