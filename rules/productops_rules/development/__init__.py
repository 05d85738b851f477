"""Development: products built correctly from start to finish, by the right process and the best tools."""
