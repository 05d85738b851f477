"""ONB011 on what code reads and templates list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from productops_rules.onboarding.env_template_complete import env_template_complete as rule

from pytest_productops.api import NotApplicable, Unavailable
from pytest_productops.facts.variables import patterns, python
from pytest_productops.testing import findings, findings_in

READS = "import os\nA, B, C = os.environ['API_KEY'], os.environ['API_URL'], os.getenv('API_TOKEN')\n"
LISTED = "API_KEY=a\nexport API_URL=b\n# API_TOKEN=c\n"


def keys(archive, **options):
    return sorted(finding.key for finding in findings(rule, archive, **options))


def names(text, suffix="py"):
    read = python.read if suffix == "py" else patterns.read
    return sorted({each.name for each in read(text, f"app.{suffix}") if not each.optional})


@pytest.mark.parametrize(
    "path",
    [".env.example", ".env.sample", "env.template", ".env.local.example", "sample.env", "backend/.env.dist"],
)
def test_usual_templates(path):
    assert keys({"app.py": READS, path: LISTED}) == []
    assert keys({"app.py": READS, path: LISTED.replace("API_URL", "API_URI")}) == [
        "dead:API_URI",
        "missing:API_URL",
    ]


def test_one_direction():
    files = {"app.py": READS, ".env.example": LISTED.replace("API_URL", "API_URI")}
    assert keys(files, direction="missing") == ["missing:API_URL"]
    assert keys(files, direction="dead") == ["dead:API_URI"]


def test_documents_and_containers_list_too():
    assert keys({"app.py": READS}) == ["template"]
    assert keys({"app.py": READS, "docs/settings.md": "| `API_KEY` | `API_URL` | `API_TOKEN` |\n"}) == []
    assert keys({"app.py": READS, "Dockerfile": "ENV API_KEY=a API_URL=b API_TOKEN=c\n"}) == []


def test_few_variables_tests_and_scripts():
    for path, text in (
        ("app.py", "import os\nos.environ['API_KEY']\n"),
        ("tests/test_a.py", READS),
        ("scripts/a.py", READS),
    ):
        with pytest.raises(NotApplicable):
            findings(rule, {path: text})


def test_dead_ones_are_not_told_where_names_are_computed():
    code = READS + "def of(name):\n    return os.environ[f'SHOP_{name}']\n"
    assert keys({"app.py": code, ".env.example": LISTED + "SHOP_URL=x\n"}) == []
    assert keys({"app.py": READS, ".env.example": LISTED + "SHOP_URL=x\nPOSTGRES_USER=a\n"}) == [
        "dead:SHOP_URL"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import os\nos.environ['KEY']", ["KEY"]),
        ("import os\nos.environ['KEY'] = 'a'", []),
        ("import os\nos.environ.get('KEY', 'a')", []),
        ("import os\nx = os.environ.get('KEY') or 'a'", []),
        ("import os\nif os.getenv('KEY'):\n    pass", []),
        ("import os\nkey = os.getenv('KEY')\nif not key:\n    key = 'a'", []),
        ("import os\nconnect(os.getenv('KEY'))", ["KEY"]),
        ("import os\ntry:\n    os.environ['KEY']\nexcept KeyError:\n    pass", []),
        ("environ['PATH_OF_REQUEST']", []),
        ("from os import environ\nenviron['KEY']", ["KEY"]),
        ("env('KEY')\nenv.int('OTHER')\nconfig('THIRD', default=1)", ["KEY", "OTHER"]),
        (
            "class S(BaseSettings):\n    key: str\n    other: str = 'a'\n    third: str = Field(...)",
            ["KEY", "THIRD"],
        ),
        (
            "class S(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='APP_')\n    key: str",
            ["APP_KEY"],
        ),
        ("def (:", []),
    ],
)
def test_python(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    ("suffix", "text", "found"),
    [
        ("ts", "connect(process.env.KEY, process.env['OTHER'])", ["KEY", "OTHER"]),
        ("ts", "const a = process.env.KEY ?? 'a'", []),
        ("ts", "const a = process.env.KEY\nif (!a) throw 1", []),
        ("js", "if (process.env.KEY) {}", []),
        ("js", "// process.env.KEY", []),
        ("ts", "import.meta.env.VITE_KEY", ["VITE_KEY"]),
        ("go", 'connect(os.Getenv("KEY"))', ["KEY"]),
        ("go", 'if v := os.Getenv("KEY"); v != "" {}', []),
        ("rs", 'env::var("KEY").unwrap()', ["KEY"]),
        ("rs", 'env::var("KEY").unwrap_or_default()', []),
        ("rb", "ENV.fetch('KEY')", ["KEY"]),
        ("rb", "ENV.fetch('KEY') { 'a' }", []),
        ("rb", "ENV['KEY'] || 'a'", []),
        ("java", 'connect(System.getenv("KEY"));', ["KEY"]),
        ("php", "connect(env('KEY'));", ["KEY"]),
        ("cs", 'Connect(Environment.GetEnvironmentVariable("KEY"));', ["KEY"]),
        ("ex", 'System.fetch_env!("KEY")', ["KEY"]),
    ],
)
def test_other_languages(suffix, text, found):
    assert names(text, suffix) == found


def test_compose():
    text = "services:\n  web:\n    image: a:${TAG}\n    ports: ['${WEB_PORT:-80}:80']\n    command: echo $$HOME ${MUST:?set it}\n"
    assert sorted(each.name for each in patterns.compose(text, "compose.yaml") if not each.optional) == [
        "MUST",
        "TAG",
    ]


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    list(python.read(text, "a.py"))
    list(patterns.read(text, "a.ts"))
    list(patterns.compose(text, "compose.yaml"))


def test_a_template_that_cannot_be_read_is_no_empty_one(repository):
    laid = repository(
        """
-- app.py --
import os
KEY, URL, TOKEN = os.environ["API_KEY"], os.environ["API_URL"], os.environ["API_TOKEN"]
-- .env.example --
API_KEY=abc
"""
    )
    (laid.root / ".env.example").write_bytes(b"API_KEY=\0\n")
    with pytest.raises(Unavailable, match=r"\.env\.example is no text"):
        findings_in(rule, laid)
