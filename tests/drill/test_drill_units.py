"""Units, refusals and ways: which commands of a document are run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.drill.advice import advice, summary
from pytest_productops.drill.model import Ran, Unit
from pytest_productops.drill.refusals import refusal, runnable
from pytest_productops.drill.units import split
from pytest_productops.model import Location

TEXT = """# first
git clone x &&
  cd y

for i in 1 2; do
  echo $i
done
cat <<EOF > a
one
EOF
pip install \\
  -e .
if [ -f x ]; then
  a
fi
(cd a
 b)
echo "x
y" |
  cat
f() {
  x
}
last
# end
"""


def test_complete_commands():
    assert list(split(TEXT)) == [
        (1, "git clone x &&\n  cd y"),
        (4, "for i in 1 2; do\n  echo $i\ndone"),
        (7, "cat <<EOF > a\none\nEOF"),
        (10, "pip install \\\n  -e ."),
        (12, "if [ -f x ]; then\n  a\nfi"),
        (15, "(cd a\n b)"),
        (17, 'echo "x\ny" |\n  cat'),
        (20, "f() {\n  x\n}"),
        (23, "last"),
    ]


@given(st.text(alphabet="a '\"\\\n#(){}|&;<>$`if do done fi"))
def test_any_text_is_split(text):
    lines = [line for line, _ in split(text)]
    assert lines == sorted(set(lines))


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("sudo make install", "it asks for the rights of an administrator"),
        ("make && sudo make install", "it asks for the rights of an administrator"),
        ("brew install just", "it installs software on the machine itself"),
        ("apt-get -y install gcc", "it installs software on the machine itself"),
        ("docker login registry.example.com", "it holds a placeholder, `example.com`"),
        ("docker login", "it needs an account or a key"),
        ("git push origin main", "it is a part of a change, not of this"),
        ("git checkout -b my-feature", "it holds a placeholder, `my-feature`"),
        ("git config user.name {your-name}", "it holds a placeholder, `{your-name}`"),
        ("pytest -k test_the_name_of_your_test", "it holds a placeholder, `test_the_name_of_your_test`"),
        ("vim .env", "it opens an editor or a window"),
        ("python", "it waits for somebody to type"),
        ("python manage.py runserver", "it does not return"),
        ("npm start", "it does not return"),
        ("docker compose up", "it does not return"),
        ("FLASK_APP=a flask run", "it does not return"),
        ("make serve", "it does not return"),
        (".venv\\Scripts\\activate", "it is for Windows"),
        ("py -3 -m venv .venv", "it is for Windows"),
    ],
)
def test_not_run(command, why):
    assert refusal(command) == why


@pytest.mark.parametrize(
    "command",
    [
        "make dev",
        "make test",
        "docker compose up -d",
        "git submodule update --init",
        "pip install -e '.[dev]'",
        "go test ./...",
        "source .venv/bin/activate",
        'echo "${HOME}" {a,b}',
        "npm run test",
        "make update",
        "python -m venv .venv",
        "bash scripts/setup.sh",
    ],
)
def test_run(command):
    assert refusal(command) == ""


def test_a_shell_that_waits_becomes_its_environment():
    assert runnable("poetry shell") == '. "$(poetry env info --path)/bin/activate"'
    assert runnable("poetry install") == "poetry install"


@pytest.mark.parametrize(
    ("output", "status", "told"),
    [
        (
            "all.sh: line 3: poetry: command not found",
            127,
            "failed with: command not found: poetry; say how to install poetry",
        ),
        ("/bin/sh: 1: tox: not found", 127, "say how to install tox"),
        (
            "make: poetry: No such file or directory\nmake: *** [dev] Error 127",
            2,
            "say how to install poetry",
        ),
        ("make: *** No rule to make target 'dev'.  Stop.", 2, "there is no target `dev`"),
        ("error: externally-managed-environment", 1, "make and activate a virtual environment"),
        ("ModuleNotFoundError: No module named 'attr.x'", 1, "say what installs the Python module `attr.x`"),
        (
            "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'dev.txt'",
            1,
            "there is no file `dev.txt`",
        ),
        ("=== 2 failed, 30 passed in 1.2s ===", 1, "the tests do not pass in a fresh clone (2 failed"),
        ("=== 3 passed, 2 errors in 1.2s ===", 1, "the tests do not pass in a fresh clone"),
        ("Could not resolve host: example.org", 6, "--env=NAME"),
        (
            "yaml.h:3: fatal error: yaml.h: No such file or directory",
            1,
            "which package of the system brings `yaml.h`",
        ),
        (
            "py37: failed with could not find python interpreter matching any of the specs py37",
            1,
            "which Python is needed: py37",
        ),
        ("", 9, "ended with status 9; say what it needs"),
    ],
)
def test_advice(output, status, told):
    ran = Ran(Unit("make dev", Location("README.md", 12)), True, status, 1.0, output)
    said = advice(ran)
    assert said.startswith("README.md:12 tells `make dev`; it ")
    assert told in said


def test_advice_where_time_was_over():
    ran = Ran(Unit("make \\\n  dev", Location("README.md", 12)), True, None, 600.0)
    assert advice(ran) == (
        "README.md:12 tells `make`; it did not end within 600 s; say how long it takes, or that it does not return"
    )


def test_the_line_that_says_most():
    assert summary("a\nERROR: it broke\n[notice] a new pip\n") == "ERROR: it broke"
    assert summary("") == ""
