"""`python -m pytest_productops` is the `productops` command."""

from pytest_productops.cli import main

raise SystemExit(main())
