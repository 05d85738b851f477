"""ONB003: each guard against a false finding is a test, and so is each thing it must find."""

import pytest
from productops_rules.onboarding.documented_commands_exist import documented_commands_exist as rule

from pytest_productops.api import NotApplicable, QuotedCommands
from pytest_productops.testing import findings_in

MAKEFILE = "-- Makefile --\nall:\n\tcc\ntest:\n\tpytest\n"


def found(repository, document, files=MAKEFILE, path="CONTRIBUTING.md", **options):
    laid = repository(f"-- {path} --\n{document}\n{files}")
    return [finding.key.partition("#")[2] for finding in findings_in(rule, laid, **options)]


def block(text, language="sh"):
    return f"# Contributing\n```{language}\n{text}\n```"


def test_a_removed_makefile_is_named_with_its_commit(repository):
    laid = repository(
        """
-- git log --
2023-06-01 ann@example.org Start
2023-06-21 ann@example.org Drop it [-Makefile]
-- CONTRIBUTING.md --
# Contributing

Run `make docs` to see them.
"""
    )
    (finding,) = findings_in(rule, laid)
    assert finding.key == "CONTRIBUTING.md#make docs"
    assert str(finding.location) == "CONTRIBUTING.md:3"
    assert finding.message.startswith("`make docs` is quoted, but there is no Makefile (deleted in ")
    assert finding.message.endswith(", 2023-06-21)")


def test_a_missing_script_of_package_json(repository):
    laid = repository(
        '-- docs/deploy.md --\n# Deploy\n```\nnpm run prod\n```\n-- package.json --\n{"scripts": {"product": "x"}}\n'
    )
    (finding,) = findings_in(rule, laid)
    assert finding.message == "`npm run prod`: package.json has no npm script `prod`"
    assert "(nearest: `product`)" in finding.fix


def test_a_removed_script_is_found_with_where_it_went(repository):
    laid = repository(
        """
-- git log --
2024-01-01 ann@example.org Start
2024-02-02 ann@example.org Move [-tools/release.sh] [+scripts/release.sh]
-- RELEASE.md --
# Release
    ./tools/release.sh 1.0
-- scripts/release.sh --
tools/release.sh
"""
    )
    (finding,) = findings_in(rule, laid)
    assert "there is no script `tools/release.sh` (renamed to scripts/release.sh in " in finding.message


@pytest.mark.parametrize(
    "document",
    [
        block("make docs"),
        block("$ make docs\nbuilding...", "console"),
        block("make docs && make test"),
        "# Contributing\n\nRun `make docs` first.",
        "# Contributing\n\n    make docs\n",
        block("poetry run make docs"),
        block("VAR=x sudo make docs"),
        block("cd src\n```\n\n## Later\n\n```\nmake docs"),
    ],
)
def test_finds_a_missing_target(repository, document):
    assert [key.split()[-1] for key in found(repository, document)] == ["docs"]


def test_restructured_text(repository):
    text = "Contributing\n============\n\nRun::\n\n    $ make docs\n    make nothing\n\nor ``make site``.\n"
    assert found(repository, text, path="CONTRIBUTING.rst") == ["make docs", "make site"]


def test_a_command_is_reported_once_a_document(repository):
    assert found(repository, block("make docs\nmake docs")) == ["make docs"]


def test_without_history_the_rest_is_judged(repository):
    assert found(
        repository, block("./gone.sh\nmake docs\nscripts/gone.sh"), MAKEFILE + "-- scripts/a.sh --\nx\n"
    ) == ["make docs", "scripts/gone.sh"]


def test_ignore_takes_globs(repository):
    assert found(repository, block("make docs\nmake site"), ignore=("make d*",)) == ["make site"]


GUARDED = {
    "output below a prompt": block("$ make test\nmake docs", "console"),
    "a prompt of another user": block("root@host:/# x\nuser@host:~$ make test\nmake docs"),
    "a block of another language": block("make docs", "python"),
    "a diff": block("make docs", "diff"),
    "Windows": block("C:\\x> make docs", ""),
    "PowerShell": block("PS C:\\x> make docs", "shell"),
    "Python prompt": block(">>> 1\nmake docs", ""),
    "a comment": block("# make docs"),
    "a here-document": block("cat > Makefile <<EOF\nmake docs\nEOF"),
    "a folder outside": block("cd ../website\nmake docs"),
    "an absolute folder": block("cd /usr/src/linux\nmake docs"),
    "home": block("cd ~/website && make docs"),
    "a folder in a variable": block("cd $WEBSITE\nmake docs"),
    "a folder that is not here": block("cd website\nmake docs"),
    "the rest of such a section": block("cd ~/website\n```\nThen:\n```\nmake docs"),
    "another repository's clone": block("git clone https://github.com/acme/website\ncd website\nmake docs"),
    "the rest of that section": block(
        "git clone https://github.com/acme/website\n```\n\nThen `make docs`.\n```\nmake docs"
    ),
    "a placeholder": block(
        "make <target>\nmake {target}\nmake [target]\nmake ...\nmake TARGET\nmake your-target"
    ),
    "a variable": block("make $TARGET"),
    "prose in a block": block("make sure that you test\nmake the docs", ""),
    "prose in inline code": "# Contributing\n\nPlease `make sure` you test.",
    "a mention of a tool": "# Contributing\n\nYou need `tox` and `just` and `nox`.",
    "no longer": "# Contributing\n\nThere is no longer a `make docs`.",
    "submodule": "# Contributing\n\nRun `make docs` in the `site` submodule.",
    "instead of": "# Contributing\n\nUse `make test` instead of `make docs`.",
    "a condition": "# Contributing\n\nIf you have it, `make docs` is like `make test`.",
    "a link to another repository": "# Contributing\n\nIn [site](https://github.com/acme/site):\n\n```\nmake docs\n```",
    "another repository in words": "# Contributing\n\nThe site is kept in a separate repo.\nUpdate it with `make docs`.",
    "a build output": block("./prometheus --x\n./target/debug/x"),
    "a script never in the tree": block("./install.sh\npython app.py\nsource .venv/bin/activate"),
    "a path in running text": "# Contributing\n\nSee `scripts/gone.sh`.",
    "other runners": block("cargo test\ngo run ./x\n./gradlew check\nrake test\ntask build"),
    "software from an index": block("pip install x[docs]\nnpm install -g x\nnpx create-app"),
    "an example": "# Contributing\n\n## Example\n```\nmake docs\n```",
    "your project": "# Contributing\n\n## Testing your project\n```\nmake docs\n```",
}


@pytest.mark.parametrize("guard", GUARDED)
def test_guard(repository, guard):
    document = GUARDED[guard] + "\n\n## Tests\n\n```\nmake test\n```\n"
    assert found(repository, document, MAKEFILE + "-- scripts/a.txt --\nx\n") == []


def test_a_guide_to_work_in_another_repository_does_not_miss_the_runner(repository):
    document = "# Guide\nUse the [template](https://github.com/acme/template) repository.\n\n## Finish\n`make review`\n"
    assert (
        found(
            repository, document + "## Test\n`npm test`\n", '-- package.json --\n{"scripts": {"test": "x"}}\n'
        )
        == []
    )


def test_a_script_that_is_in_another_folder_may_be_meant(repository):
    assert (
        found(
            repository,
            block("./tools/x.sh\nmake test"),
            MAKEFILE + "-- sub/tools/x.sh --\nx\n-- tools/y --\ny\n",
        )
        == []
    )


def test_folders_last_until_the_next_heading(repository):
    document = block("cd sub\n```\n\nthen\n\n```\nmake inner\n```\n\n## Next\n```\nmake inner")
    files = MAKEFILE + "-- sub/Makefile --\ninner:\n\tx\n"
    assert found(repository, document, files) == []
    assert found(repository, block("cd sub\nmake test"), files) == []


@pytest.mark.parametrize("clone", ["https://github.com/ann/tool.git", "git@github.com:ann/tool", "YOUR/tool"])
def test_the_clone_of_this_repository_is_the_root(repository, clone):
    document = block(f"git clone {clone}\ncd tool\nmake docs\nmake test")
    files = MAKEFILE + '-- pyproject.toml --\n[project]\nname = "tool"\n-- tool/x.py --\nx\n'
    assert found(repository, document, files) == ["make docs"]


def test_a_command_may_run_beside_its_document(repository):
    files = MAKEFILE + "-- docs/Makefile --\nhtml:\n\tx\n"
    assert found(
        repository, "# Docs\n\n## Build\n```\nmake html\nmake pdf\n```", files, "docs/README.md"
    ) == ["make pdf"]


def test_a_readme_speaks_to_users_except_where_it_speaks_of_development(repository):
    document = "# Tool\n```\nmake a\n```\n## Usage\n```\nmake b\n```\n## Development\n```\nmake c\n```\n### Run it\n`make d`\n"
    assert found(repository, document, path="README.md") == ["make c", "make d"]


def test_a_runner_speaks_to_its_users(repository):
    document = "# Just\n## Development\n```\njust greet\n```\n"
    files = '-- package.json --\n{"name": "just"}\n-- justfile --\ntest:\n    pytest\n'
    laid = repository(f"-- README.md --\n{document}\n{files}")
    with pytest.raises(NotApplicable):
        findings_in(rule, laid)


def test_a_readme_that_clones_the_repository_speaks_of_it(repository):
    document = "# Tool\n## Quick start\n```\ngit clone https://github.com/ann/tool\ncd tool\nmake up\n```\n"
    files = MAKEFILE + '-- package.json --\n{"name": "@ann/tool"}\n'
    assert found(repository, document, files, "README.md") == ["make up"]


@pytest.mark.parametrize(
    "document", ["# Contributing\n\nAsk us.", "", block("git push\npip install x"), block("cargo test")]
)
def test_without_a_command_of_the_repository_there_is_nothing_to_judge(repository, document):
    with pytest.raises(NotApplicable, match="no process document quotes a command of this repository"):
        found(repository, document)


def test_quoted_commands_are_for_other_rules_too(repository):
    laid = repository(f"-- CONTRIBUTING.md --\n# Tests\nRun `tox`.\n```\npytest -q\n```\n{MAKEFILE}")
    quoted = laid[QuotedCommands].quoted
    assert [(str(q), q.line, q.inline, q.section.heading.text) for q in quoted] == [
        ("tox", 2, True, "Tests"),
        ("pytest -q", 4, False, "Tests"),
    ]
