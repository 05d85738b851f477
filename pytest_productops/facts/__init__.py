"""What is known of a repository: one module a fact, gathered lazily and once."""
