"""Freshness: documents that fall behind what they describe, and reviews that pages promise."""
