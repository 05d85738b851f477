"""The README: whether it orients a newcomer, and how one starts."""
