"""What each fix is given and what it makes of it."""

from dataclasses import dataclass, field

BEGIN = "2026-01-05 ann@example.org Begin"
LONG = "# Design\n\n" + "".join(f"Part {n} of the shop sends invoices by mail.\n" for n in range(9))
SCRIPT = "#!/bin/sh\n" + "".join(f"echo step {n}\n" for n in range(9))


@dataclass
class Given:
    name: str
    rule: str
    safety: str
    files: dict[str, str]
    keys: set[str]
    changed: dict[str, str]
    log: str = BEGIN
    profile: str = ""
    words: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        flags = () if self.safety == "safe" else (f"--{self.safety}",)
        profile = ("--profile", self.profile) if self.profile else ()
        self.words = (*self.words, *flags, *profile)

    def __str__(self) -> str:
        return f"{self.rule}-{self.name}"


def renamed(old: str, new: str) -> str:
    return f"{BEGIN}\n2026-02-05 bob@example.org Tidy up [-{old}] [+{new}]"


README = "# Invoices\n\nSends invoices to the customers of a shop, by mail and on paper.\n\n"
ADDRESSES = (
    "See [www.example.org/a](www.example.org/a), write to <a href='ann@example.org'>ann@example.org</a>,"
    " or see [b].\n\n[b]: www.example.org/b\n"
)
WORKFLOW = (
    "on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n"
    "      - uses: actions/checkout@v4\n      - run: |\n          echo begin\n          {}\n"
)
GO = "module example.org/shop\n\ngo 1.24\n\nrequire github.com/google/uuid v1.6.0\n"
DEPENDABOT = (
    'version: 2\nupdates:\n  # actions\n  - package-ecosystem: "github-actions"\n    directory: "/"\n'
    '    schedule:\n      interval: "monthly"\n'
)
PYTHON = 'import os\n\nA, B, C = os.environ["API_KEY"], os.environ["API_URL"], os.environ["API_TOKEN"]\n'

CASES = [
    Given(
        "renamed-file",
        "ONB004",
        "safe",
        {
            "README.md": README
            + "See [the design](./docs/design.md#parts 'Design') and [again][d].\n\n[d]: docs/design.md\n",
            "docs/design.md": LONG,
            "docs/shop/architecture.md": LONG,
        },
        {"README.md#./docs/design.md#parts", "README.md#docs/design.md"},
        {
            "README.md": README
            + "See [the design](./docs/shop/architecture.md#parts 'Design') and [again][d].\n\n[d]: docs/shop/architecture.md\n"
        },
        log=renamed("docs/design.md", "docs/shop/architecture.md"),
    ),
    Given(
        "several-times-with-crlf-and-no-last-line-end",
        "ONB004",
        "safe",
        {
            "docs/CONTRIBUTING.md": "\ufeff# Contributing\r\n\r\n[a](../doc.md)  \r\nand [a](../doc.md), not ../doc.md.old\r\n\r\nSee [b](../doc.md)",
            "doc.md": LONG,
            "docs/new name.md": LONG,
        },
        {"docs/CONTRIBUTING.md#../doc.md"},
        {
            "docs/CONTRIBUTING.md": "\ufeff# Contributing\r\n\r\n[a](new%20name.md)  \r\nand [a](new%20name.md), not ../doc.md.old\r\n\r\nSee [b](new%20name.md)"
        },
        log=renamed("doc.md", "docs/new name.md"),
    ),
    Given(
        "address-without-scheme",
        "ONB004",
        "safe",
        {"README.md": README + ADDRESSES},
        {"README.md#www.example.org/a", "README.md#ann@example.org", "README.md#www.example.org/b"},
        {
            "README.md": README
            + "See [www.example.org/a](https://www.example.org/a), write to <a href='mailto:ann@example.org'>ann@example.org</a>,"
            " or see [b].\n\n[b]: https://www.example.org/b\n"
        },
    ),
    Given(
        "other-case",
        "ONB004",
        "safe",
        {
            "README.md": README + "See [how](/docs/Contributing.md).\n",
            "docs/CONTRIBUTING.md": "# How\n\nWrite to us.\n",
        },
        {"README.md#/docs/Contributing.md"},
        {"README.md": README + "See [how](/docs/CONTRIBUTING.md).\n"},
    ),
    Given(
        "half-alike",
        "ONB004",
        "unsafe",
        {
            "README.md": README + "See [the design](docs/design.md).\n",
            "docs/design.md": LONG,
            "docs/plan.md": LONG[:240]
            + "Something else is told here, and nobody knows whether it is the same.\n" * 3,
        },
        {"README.md#docs/design.md"},
        {"README.md": README + "See [the design](docs/plan.md).\n"},
        log=renamed("docs/design.md", "docs/plan.md"),
    ),
    Given(
        "signs",
        "ONB005",
        "safe",
        {"CONTRIBUTING.md": "# Contributing\n\nFirst [set up](#setup).\n\n## Set-up\n\nRun `make`.\n"},
        {"CONTRIBUTING.md##setup"},
        {"CONTRIBUTING.md": "# Contributing\n\nFirst [set up](#set-up).\n\n## Set-up\n\nRun `make`.\n"},
    ),
    Given(
        "nearly-called-so",
        "ONB005",
        "unsafe",
        {"CONTRIBUTING.md": "# Contributing\n\nFirst [set up](#set-up).\n\n## Set up here\n\nRun `make`.\n"},
        {"CONTRIBUTING.md##set-up"},
        {
            "CONTRIBUTING.md": "# Contributing\n\nFirst [set up](#set-up-here).\n\n## Set up here\n\nRun `make`.\n"
        },
    ),
    Given(
        "renamed-file",
        "ONB006",
        "safe",
        {
            "CONTRIBUTING.md": "# Contributing\n\nBegin at `src/app.py`, not `src/app.pyc`; again: `./src/app.py`.\n",
            "src/app.py": LONG,
            "src/server/main.py": LONG,
        },
        {"CONTRIBUTING.md#src/app.py"},
        {
            "CONTRIBUTING.md": "# Contributing\n\nBegin at `src/server/main.py`, not `src/app.pyc`; again: `./src/server/main.py`.\n"
        },
        log=renamed("src/app.py", "src/server/main.py"),
    ),
    Given(
        "renamed-folder",
        "ONB006",
        "unsafe",
        {
            "CONTRIBUTING.md": "# Contributing\n\nThe code is in `src/old/`.\n",
            "src/old/app.py": LONG,
            "src/new/app.py": LONG,
        },
        {"CONTRIBUTING.md#src/old"},
        {"CONTRIBUTING.md": "# Contributing\n\nThe code is in `src/new/`.\n"},
        log=renamed("src/old/app.py", "src/new/app.py"),
    ),
    Given(
        "renamed-script",
        "ONB003",
        "safe",
        {
            "CONTRIBUTING.md": "# Contributing\n\n```sh\n./scripts/build.sh --all\n```\n",
            "scripts/build.sh": SCRIPT,
            "scripts/make.sh": SCRIPT,
        },
        {"CONTRIBUTING.md#./scripts/build.sh --all"},
        {"CONTRIBUTING.md": "# Contributing\n\n```sh\n./scripts/make.sh --all\n```\n"},
        log=renamed("scripts/build.sh", "scripts/make.sh"),
    ),
    Given(
        "nearest-target",
        "ONB003",
        "unsafe",
        {
            "CONTRIBUTING.md": "# Contributing\n\nRun `make doc` to make the doc.\n",
            "Makefile": "docs:\n\tsphinx-build docs build\n",
        },
        {"CONTRIBUTING.md#make doc"},
        {"CONTRIBUTING.md": "# Contributing\n\nRun `make docs` to make the doc.\n"},
    ),
    Given(
        "sibling-in-a-list",
        "ONB007",
        "safe",
        {
            "README.md": README + "[Documents](docs/README.md)\n",
            "docs/README.md": "# Documents\n\n* [Deploy](deployment.md)\n* [Release](releasing.md): by hand\n  for now\n\nAsk us.\n",
            "docs/deployment.md": "# Deploy\n\nRun `make deploy`.\n",
            "docs/releasing.md": "# Release\n\nRun `make release`.\n",
            "docs/runbook.md": "# The [runbook]\n\nRestart it.\n",
        },
        {"docs/runbook.md"},
        {
            "docs/README.md": "# Documents\n\n* [Deploy](deployment.md)\n* [Release](releasing.md): by hand\n  for now\n* [The runbook](runbook.md)\n\nAsk us.\n"
        },
    ),
    Given(
        "list-at-the-root",
        "ONB007",
        "unsafe",
        {
            "README.md": README + "- [How to use it](USAGE.md)\n- [What it may do](LIMITS.md)",
            "USAGE.md": "# Use\n\nRun it.\n",
            "LIMITS.md": "# Limits\n\nMany.\n",
            "RELEASING.md": "# How we release\n\nRun `make release`.\n",
        },
        {"RELEASING.md"},
        {
            "README.md": README
            + "- [How to use it](USAGE.md)\n- [What it may do](LIMITS.md)\n- [How we release](RELEASING.md)"
        },
    ),
    Given(
        "dead-line",
        "ONB011",
        "unsafe",
        {"app.py": PYTHON, ".env.example": "API_KEY=1\nOLD_TOKEN=2\nAPI_URL=3\nAPI_TOKEN=4\n"},
        {"dead:OLD_TOKEN"},
        {".env.example": "API_KEY=1\nAPI_URL=3\nAPI_TOKEN=4\n"},
        profile="service",
    ),
    Given(
        "missing-line",
        "ONB011",
        "unsafe",
        {"app.py": PYTHON, ".env.example": "API_KEY=1\r\nAPI_TOKEN=2"},
        {"missing:API_URL"},
        {".env.example": "API_KEY=1\r\nAPI_TOKEN=2\r\nAPI_URL="},
        profile="service",
    ),
    Given(
        "no-template",
        "ONB011",
        "unsafe",
        {"app.py": PYTHON},
        {"template"},
        {".env.example": "API_KEY=\nAPI_TOKEN=\nAPI_URL=\n"},
        profile="service",
    ),
    Given(
        "renamed-file-and-repeated-line",
        "SUP002",
        "safe",
        {
            ".github/CODEOWNERS": "* @acme/all\n/docs/ @acme/old # once\n/src/app.py  @acme/devs\n/docs/ @acme/writers\n",
            "docs/index.md": "# Docs\n",
            "src/app.py": LONG,
            "src/main file.py": LONG,
            "src/main.py": LONG + "more\n",
        },
        {"/docs/", "/src/app.py"},
        {".github/CODEOWNERS": "* @acme/all\n/src/main.py  @acme/devs\n/docs/ @acme/writers\n"},
        log=f"{BEGIN}\n2026-02-05 bob@example.org Tidy up [-src/app.py] [+src/main.py]",
    ),
    Given(
        "wrong-order",
        "SUP002",
        "unsafe",
        {"CODEOWNERS": "/docs/ @acme/writers\r\n* @acme/all", "docs/index.md": "# Docs\n"},
        {"/docs/"},
        {"CODEOWNERS": "* @acme/all\r\n/docs/ @acme/writers"},
    ),
    Given(
        "deleted-file",
        "SUP002",
        "unsafe",
        {
            "CODEOWNERS": "* @acme/all\n/old.py @acme/devs\n/docs/ @acme/docs\n",
            "docs/index.md": "# Docs\n",
            "old.py": "x",
        },
        {"/old.py"},
        {"CODEOWNERS": "* @acme/all\n/docs/ @acme/docs\n"},
        log=f"{BEGIN}\n2026-02-05 bob@example.org Drop it [-old.py]",
    ),
    Given(
        "renamed-script",
        "PRA003",
        "safe",
        {
            ".github/workflows/test.yml": WORKFLOW.format("./scripts/build.sh --all"),
            "scripts/build.sh": SCRIPT,
            "scripts/make.sh": SCRIPT,
        },
        {".github/workflows/test.yml#./scripts/build.sh --all"},
        {".github/workflows/test.yml": WORKFLOW.format("./scripts/make.sh --all")},
        log=renamed("scripts/build.sh", "scripts/make.sh"),
    ),
    Given(
        "one-more-ecosystem",
        "PRA002",
        "safe",
        {"go.mod": GO, ".github/dependabot.yml": DEPENDABOT},
        {"go"},
        {
            ".github/dependabot.yml": DEPENDABOT
            + '  - package-ecosystem: "gomod"\n    directory: "/"\n    schedule:\n      interval: "monthly"\n'
        },
    ),
    Given(
        "workspace",
        "PRA002",
        "safe",
        {
            "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n',
            "crates/shop/Cargo.toml": '[package]\nname = "shop"\nversion = "1.0.0"\n\n[dependencies]\nserde = "1.0"\n',
            ".github/dependabot.yml": DEPENDABOT,
        },
        {"rust"},
        {
            ".github/dependabot.yml": DEPENDABOT
            + '  - package-ecosystem: "cargo"\n    directory: "/"\n    schedule:\n      interval: "monthly"\n'
        },
    ),
    Given(
        "before-what-follows",
        "PRA002",
        "safe",
        {
            "go.mod": GO,
            ".github/dependabot.yaml": "updates:\n- package-ecosystem: cargo\n  directory: /\n  schedule: {interval: daily}\n\n"
            "- package-ecosystem: npm\n  directory: /\n  schedule: {interval: daily}\n# the end\nversion: 2\n",
        },
        {"go"},
        {
            ".github/dependabot.yaml": "updates:\n- package-ecosystem: cargo\n  directory: /\n  schedule: {interval: daily}\n\n"
            "- package-ecosystem: npm\n  directory: /\n  schedule: {interval: daily}\n\n"
            '- package-ecosystem: gomod\n  directory: "/"\n  schedule:\n    interval: weekly\n# the end\nversion: 2\n',
        },
    ),
    Given(
        "nobody-watches",
        "PRA002",
        "unsafe",
        {"go.mod": GO, ".github/FUNDING.yml": "github: acme\n"},
        {"updater"},
        {
            ".github/dependabot.yml": "version: 2\nupdates:\n  - package-ecosystem: gomod\n"
            '    directory: "/"\n    schedule:\n      interval: weekly\n'
        },
    ),
    Given(
        "pinned-and-not-raised",
        "PRA006",
        "safe",
        {
            ".github/workflows/test.yml": WORKFLOW.format("make test").replace(
                "actions/checkout@v4", f"acme/checkout@{'0123' * 10} # v1.2.3"
            ),
            ".github/dependabot.yml": 'version: 2\nupdates:\n  - package-ecosystem: gomod\n    directory: "/"\n',
        },
        {"updater"},
        {
            ".github/dependabot.yml": 'version: 2\nupdates:\n  - package-ecosystem: gomod\n    directory: "/"\n'
            '  - package-ecosystem: github-actions\n    directory: "/"\n    schedule:\n      interval: weekly\n'
        },
        profile="oss-library",
    ),
    Given(
        "one-more-prompt",
        "SUP006",
        "unsafe",
        {".github/pull_request_template.md": "## Why\n\n<!-- The reason, or the issue -->\n"},
        {"docs", "tests"},
        {
            ".github/pull_request_template.md": "## Why\n\n<!-- The reason, or the issue -->\n\n"
            "## How is it tested?\n\n- [ ] Tests cover the change\n\n"
            "## Documentation\n\n- [ ] Documentation and changelog are updated\n"
        },
        profile="oss-library",
    ),
]
