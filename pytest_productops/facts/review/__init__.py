"""Review: who approves a change, how many, and what reviewers check."""
