"""Security: how a vulnerability is reported."""
