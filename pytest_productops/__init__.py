"""Product operations as tests. Packs import `pytest_productops.api`; nothing is imported here."""
