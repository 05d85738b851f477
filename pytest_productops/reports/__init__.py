"""A report in the forms that people and machines read: each a pure function of it."""
