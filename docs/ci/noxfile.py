"""noxfile.py."""

import nox


@nox.session
def productops(session: nox.Session) -> None:
    """Judge this repository by its rules of product operations."""
    session.install("pytest-productops")
    session.run("productops", "check", *session.posargs)
