"""Practices: best practices rolled out and kept up to date, across teams and ever more products."""
