"""Refusals: why a documented command is not run, by its own words. Nothing here is a verdict on the document."""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

_START = r"(?:^|&&|\|\||;|\n)\s*(?:\w+=\S*\s+)*"
_WINDOWS = regex(
    r"\\Scripts\\|/Scripts/activate|\.(?:bat|ps1|cmd)\b|^\s*(?:py -\d|call |set \w+=|choco |winget |scoop )"
    r"|\bSet-ExecutionPolicy\b|\$env:",
    re.IGNORECASE,
)
_PLACEHOLDER = regex(
    r"(?<![$\w}]){[A-Za-z][^{},$\"']*}|\b(?:your|my)[-_ ]?(?:name|user\w*|fork|branch|account|org\w*|token|key|e?mail|"
    r"feature\w*|repo\w*|project|handle|database|password)\b|\bYOUR_?\w*|[\w-]*(?<![a-z])(?:your|name[-_]of|my[-_](?:new|feature|bug|fix))[-_]\w+|\bpath/to/|(?<=\s)(?:\.\.\.|…)(?=\s|$)|…"
    r"|\bXX+\b|\[(?:OPTIONS|ARGS|[a-z]+[-_ ][a-z-_ ]+)\](?!\")|\bexample\.(?:com|org)\b",
)
_REASONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("it asks for the rights of an administrator", regex(rf"{_START}(?:sudo|su|doas|pkexec)\b")),
    (
        "it installs software on the machine itself",
        regex(
            rf"{_START}(?:apt|apt-get|aptitude|yum|dnf|zypper|pacman|apk|brew|port|snap|flatpak|emerge|pkg)\s+"
            r"(?:-\S+\s+)*(?:install|add|update|upgrade|tap|-S\w*)\b"
        ),
    ),
    (
        "it needs an account or a key",
        regex(
            rf"{_START}(?:(?:docker|podman|npm|gh|az|heroku|fly|flyctl|oc|vault|gcloud auth|huggingface-cli|hf auth)"
            r"\s+(?:auth\s+)?login|aws configure|ssh|scp|ssh-keygen|gpg|twine upload"
            r"|(?:npm|poetry|uv|flit|hatch) publish"
            r"|gh (?:pr|repo|issue)|hub)\b"
        ),
    ),
    (
        "it is a part of a change, not of this",
        regex(
            rf"{_START}git\s+(?:-\S+\s+)*(?:push|pull|fetch|commit|checkout|switch|branch|rebase|merge|add|remote|stash"
            r"|config|tag|reset|cherry-pick|flow)\b"
        ),
    ),
    (
        "it opens an editor or a window",
        regex(
            rf"{_START}(?:\$\{{?EDITOR\b|vim?|nvim|nano|emacs|code|subl|pycharm|open|xdg-open|start|less|more|man|top"
            r"|explorer|idle)(?:\s|$)"
        ),
    ),
    (
        "it waits for somebody to type",
        regex(
            rf"{_START}(?:bash|zsh|fish|sh|python3?|ipython|psql|node|irb|hatch shell|nix develop|nix-shell|pixi shell"
            r"|docker exec -it|docker run -it|vagrant ssh|rails c(?:onsole)?)\s*$"
            r"|\bmanage\.py (?:createsuperuser|shell\w*|dbshell)\b|\bflask shell\b"
        ),
    ),
    (
        "it does not return",
        regex(
            r"\brunserver\b|\b(?:npm|pnpm|yarn|bun)(?: run)? (?:start|dev|serve|watch|preview|storybook)\b"
            rf"|{_START}(?:\S+ run )?(?:flask (?:--\S+ \S+ )*run|uvicorn|gunicorn|hypercorn|daphne"
            r"|waitress-serve|tail -f|watch"
            r"|ptw|pytest-watch(?:er)?|streamlit run|celery|jupyter(?:[- ](?:lab|notebook))?|sphinx-autobuild"
            r"|livereload"
            r"|fastapi (?:dev|run)|redis-server|mongod|air|nodemon)(?:\s|$)"
            r"|\b(?:mkdocs|zensical|hugo|jekyll|php artisan|ng|gatsby|docusaurus) serve\b|\bphp -S\b|-m http\.server\b"
            r"|\b(?:make|just|task|tox -e|nox -s|hatch run|poe|inv|rake) (?:\S*[:_-])?"
            r"(?:serve\w*|run|runserver|watch|livehtml"
            r"|live|start|up|logs|shell|autobuild)(?:[-_]\w+)?(?:\s|$)"
            r"|\b(?:docker|podman)[ -]compose (?:-\S+ (?:\S+ )?)*up\b(?!.*\s(?:-d|--detach)\b)"
            r"|\b(?:bin|script)s?/(?:dev|server|start)\b|\brails s(?:erver)?\b|\bmix phx\.server\b|\bbootRun\b"
            r"|\s--watch(?:All)?\b(?!=false)"
        ),
    ),
)


def refusal(command: str) -> str:
    """Return why a command is not run; "" where it is."""
    if _WINDOWS.search(command):
        return "it is for Windows"
    if found := _PLACEHOLDER.search(command):
        return f"it holds a placeholder, `{found[0].strip()}`"
    return next((reason for reason, words in _REASONS if words.search(command)), "")


def runnable(command: str) -> str:
    """Return a command as it is run: a shell that would wait for somebody becomes the environment that it opens."""
    folders = {"poetry shell": "poetry env info --path", "pipenv shell": "pipenv --venv"}
    asked = folders.get(command.strip())
    return f'. "$({asked})/bin/activate"' if asked else command
