"""Side by side, in one run: an empty pytest, both faces of ours, and repolinter, on one generated repository.

    python benchmarks/compare.py [--repolinter node_modules/.bin/repolinter] [--rounds 5]

The repository has 1,000 files, half Python and half Markdown. Each round runs every command once, in turn; the table
gives medians of CPU seconds (user and system, children included) and the ratio to the empty pytest. The first round
is not counted. Absolute figures belong to the machine; the ratios are what is promised.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

PYTHON = '''"""Module {n} of the shop."""

from __future__ import annotations


class Basket{n}:
    """What somebody means to buy."""

    def __init__(self) -> None:
        self.lines: dict[str, int] = {{}}

    def add(self, article: str, count: int = 1) -> None:
        if count < 1:
            raise ValueError(count)
        self.lines[article] = self.lines.get(article, 0) + count

    def total(self, prices: dict[str, int]) -> int:
        return sum(prices[article] * count for article, count in self.lines.items() if article in prices)


def discount_{n}(total: int, customer: str) -> int:
    for limit, share in ((1000, 10), (500, 5), (100, 2)):
        if total >= limit and customer != "guest":
            return total * share // 100
    return 0
'''
MARKDOWN = """# Article {n}

What article {n} is for, with a [link](../src/module_{n}.py) and a command:

```sh
make article-{n}
```

## Details

- one
- two `code` words
"""
CONTRIBUTING = """# Contributing

## Set up

    pip install -e .

## Tests

    pytest

## Style

We use ruff.

## Submit

Open a pull request; one maintainer reviews it.
"""


def generate(root: Path) -> None:
    """Write 1,000 files, 500 of them Python, and commit them."""
    files = {
        "README.md": "# Shop\n\nSells things.\n",
        "CONTRIBUTING.md": CONTRIBUTING,
        "pyproject.toml": "[project]\n",
    }
    files[".github/workflows/ci.yml"] = "on: pull_request\njobs:\n  test:\n    steps:\n      - run: pytest\n"
    files |= {f"src/module_{n}.py": PYTHON.format(n=n) for n in range(500)}
    files |= {f"docs/article_{n}.md": MARKDOWN.format(n=n) for n in range(500 - len(files) + 500)}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert len(files) == 1000  # noqa: S101 - the benchmark's own promise
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], cwd=root, check=True)


def cpu(command: list[str], folder: Path) -> float:
    """Run a command and return the CPU seconds that it and its children took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(repolinter: str | None) -> dict[str, list[str]]:
    """Return the commands that are compared, by name; pytest loads no plugin but ours."""
    scripts = Path(sysconfig.get_path("scripts"))
    pytest = [str(scripts / "pytest"), "-p", "no:cacheprovider"]
    made = {
        "pytest, nothing to do": [*pytest, "empty"],
        "pytest --productops": [*pytest, "-p", "pytest_productops.plugin", "--productops"],
        "productops check": [str(scripts / "productops"), "check"],
    }
    if repolinter:
        made["repolinter"] = [str(Path(repolinter).absolute()), "lint", "."]
    return made


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repolinter", default=shutil.which("repolinter"))
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "repository").mkdir()
        generate(root / "repository")
        (root / "repository" / "empty").mkdir()
        compared = commands(given.repolinter)
        rounds = [
            {name: cpu(c, root / "repository") for name, c in compared.items()}
            for _ in range(given.rounds + 1)
        ]
    report({name: statistics.median(r[name] for r in rounds[1:]) for name in compared})


def report(medians: dict[str, float]) -> None:
    """Print the medians and their ratios to the first."""
    base = next(iter(medians.values()))
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, medians of CPU seconds")
    for name, value in medians.items():
        print(f"{name:<24}{value:8.3f} s{value / base:8.2f} x")


if __name__ == "__main__":
    main()
