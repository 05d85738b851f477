"""PRA004, and where conventions are declared."""

import pytest
from productops_rules.practices.declared_convention_followed import declared_convention_followed

from pytest_productops.api import Conventions, NotApplicable, Unavailable
from pytest_productops.manual import archive
from pytest_productops.testing import findings, lay_out


def declared(tmp_path, path, text):
    more = (
        "\n\nRun `make test` before you ask.\n\nTwo people read each change.\n"
        if path.endswith(".md")
        else ""
    )
    found = lay_out(archive(f"-- {path} --\n{text}{more}\n"), tmp_path)[Conventions].all
    return [(each.kind, each.by, each.location.line, each.titles) for each in found]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (".commitlintrc.yml", "extends:\n  - '@commitlint/config-conventional'", ("conventional", "commitlint", 2, False)),
        ("commitlint.config.mjs", "export default {extends: ['@commitlint/config-conventional']}", ("conventional", "commitlint", 1, False)),
        ("package.json", '{"commitlint": {"extends": ["@commitlint/config-conventional"]}}', ("conventional", "commitlint", 1, False)),
        ("pyproject.toml", '[tool.commitizen]\nname = "cz_conventional_commits"', ("conventional", "commitizen", 1, False)),
        (".pre-commit-config.yaml", "repos:\n- hooks:\n  - id: conventional-pre-commit", ("conventional", "pre-commit", 3, False)),
        (".gitlint", "[general]\ncontrib=contrib-title-conventional-commits", ("conventional", "gitlint", 2, False)),
        ("release-please-config.json", "{}", ("conventional", "release-please", 1, False)),
        (".github/workflows/pr.yml", "      - uses: amannn/action-semantic-pull-request@v5", ("conventional", "a check of titles", 1, True)),
        (".github/dco.yml", "require:\n  signoff: true", ("sign-off", "DCO", 1, False)),
        ("CONTRIBUTING.md", "# How\nCommit messages must follow [Conventional Commits](https://example.org).", ("conventional", "the contributor guide", 2, False)),
        ("CONTRIBUTING.md", "# How\nWe use conventional commits for\nall changes.", ("conventional", "the contributor guide", 2, False)),
        ("CONTRIBUTING.md", "# How\nThe PR title must be a conventional commit.", ("conventional", "the contributor guide", 2, True)),
        ("CONTRIBUTING.md", "# How\nAll commits must be signed-off.", ("sign-off", "the contributor guide", 2, False)),
    ],
)  # fmt: skip
def test_declarations(tmp_path, path, text, expected):
    assert declared(tmp_path, path, text) == [expected]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("CONTRIBUTING.md", "# How\nYou may use conventional commits, but that is optional."),
        ("CONTRIBUTING.md", "# How\nWe encourage conventional commits."),
        ("CONTRIBUTING.md", "# How\nTests must pass. Conventional commits are a nice idea."),
        ("CONTRIBUTING.md", "# How\n```\nwe use conventional commits\n```"),
        ("CONTRIBUTING.md", "# How\nCommits need not be signed-off."),
        (".github/dco.yml", "require:\n  members: false"),
        (".commitlintrc.json", '{"rules": {"header-max-length": [2, "always", 72]}}'),
        ("pyproject.toml", '[tool.commitizen]\nname = "cz_jira"'),
        (".gitlint", "[general]\nignore=B6"),
    ],
)
def test_no_declarations(tmp_path, path, text):
    assert declared(tmp_path, path, text) == []


LINT = '-- .commitlintrc.json --\n{"extends": ["@commitlint/config-conventional"]}\n'
LOG = "-- git log --\n2026-01-01 ann@example.org Start\n"


def judge(text, **options):
    return findings(declared_convention_followed, archive(text), **{"min_sample": 2, **options})


def test_the_message_names_share_and_newest():
    (finding,) = judge(LINT + LOG + "2026-01-02 a@x.org feat: a\n2026-01-03 b@x.org Add b\n")
    assert (finding.key, str(finding.location)) == ("conventional", ".commitlintrc.json:1")
    assert finding.message.startswith(
        "commitlint declares Conventional Commits, but 1 of the last 2 commits (50%) keep to it; newest others: "
    )
    assert finding.message.endswith("2026-01-03 b: Add b")


def test_what_is_exempt():
    log = (
        "2026-01-02 a@x.org feat!: a\n2026-01-03 a@x.org fix(x): b\n2026-01-04 a@x.org Revert it\n"
        "2026-01-05 dependabot[bot]@x.org Bump\n2026-01-06 a@x.org v1.2.0\n2026-01-07 a@x.org fixup! b\n"
    )
    assert judge(LINT + LOG + log) == ()


def test_what_was_before_does_not_count():
    log = (
        "2026-01-02 a@x.org Add a\n2026-01-03 a@x.org Add b\n2026-01-04 a@x.org Lint [+.commitlintrc.json]\n"
    )
    after = "2026-01-05 a@x.org feat: c\n2026-01-06 a@x.org fix: d\n"
    assert judge(LINT + LOG + log + after) == ()
    with pytest.raises(NotApplicable, match="only 0 commits"):
        judge(LINT + LOG + log)


def test_signing_off():
    dco = "-- .github/dco.yml --\nrequire:\n  signoff: true\n"
    signed = "2026-01-02 a@x.org Add a {Signed-off-by: A}\n2026-01-03 a@x.org Add b {Signed-off-by: A}\n"
    assert judge(dco + LOG + signed + "2026-01-04 a@x.org Squashed (#4)\n") == ()
    (finding,) = judge(dco + LOG + signed + "2026-01-04 a@x.org Add c\n")
    assert finding.message.startswith(
        "DCO declares a sign-off of each commit, but 2 of the last 3 commits (67%) keep"
    )


def test_a_pattern_of_ones_own():
    log = "2026-01-02 a@x.org SHOP-1 Add a\n2026-01-03 a@x.org Add b\n"
    (finding,) = judge(LOG + log, pattern=r"SHOP-\d+ ")
    assert finding.key == "pattern"
    with pytest.raises(NotApplicable, match="no convention"):
        judge(LOG + log)


def test_without_a_history():
    with pytest.raises(NotApplicable, match="no convention"):
        judge("-- README.md --\nx\n")
    with pytest.raises(Unavailable, match="not a git repository"):
        judge(LINT)
