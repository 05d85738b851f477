"""Repeatability: every step documented so that anyone can step in; done is clear and measurable."""
