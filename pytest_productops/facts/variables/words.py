"""Variable words: names that others set or read, templates of `.env`, and the files that are looked at."""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

_I = re.IGNORECASE
TEMPLATE = regex(
    r"(?:.*/)?(?:\.?env(?:\.\w+)*[._-](?:example|sample|template|dist|tmpl|defaults?)(?:\.\w+)*|\.?(?:example"
    r"|sample|template)s?[._-]?env"
    r"|\.?[\w-]+\.env[._-](?:example|sample|template|dist)|\.env\.(?:example|sample|template|dist)[\w.-]*)\Z",
    _I,
)
"""Files that a developer copies to `.env`."""
_SYSTEM_NAMES = """
USER USERNAME SHELL PWD TMP TEMP TMPDIR TERM* LANG
LANGUAGE LC_* TZ XDG_* APPDATA LOCALAPPDATA PROGRAMFILES* PROGRAMDATA WINDIR
SYSTEMROOT HOSTNAME COMPUTERNAME EDITOR VISUAL PAGER NO_COLOR FORCE_COLOR COLUMNS
LINES DISPLAY WAYLAND_DISPLAY SSH_* LOGNAME PYTHON* VIRTUAL_ENV CONDA_* GOPATH
GOROOT GOOS GOARCH JAVA_HOME CARGO_* OUT_DIR RUSTFLAGS NODE_ENV NODE_OPTIONS
NPM_* CI_* GITLAB_* RUNNER_* TRAVIS* CIRCLE* BUILDKITE* JENKINS_* TF_BUILD
READTHEDOCS* TOX_* KUBERNETES_* AWS_LAMBDA_* AWS_EXECUTION_ENV DYNO K_SERVICE K_REVISION VERCEL*
NETLIFY* RAILS_ENV RACK_ENV MIX_ENV PORT BUNDLE_* GEM_* RUBY* HTTP_PROXY
HTTPS_PROXY NO_PROXY REMOTE_ADDR REQUEST_* SERVER_* HTTP_* DOCUMENT_ROOT SCRIPT_* QUERY_STRING
VITEST* JEST_* WSL_* COMSPEC INVOCATION_ID NOTIFY_SOCKET WATCHDOG_* LISTEN_* JOURNAL_STREAM
ZELLIJ* TMUX* MSYSTEM OSTYPE NETRC SSLKEYLOGFILE SOURCE_DATE_EPOCH USERPROFILE PIP_*
CUDA_* PATH_INFO RAW_URI BASE_URL ECS_CONTAINER_* HEROKU_* CODESPACE* VSCS_* DEBUG
GDAL_* GEOS_* BUILD_URL BUILD_NUMBER
"""
SYSTEM = tuple(_SYSTEM_NAMES.split())
"""What systems, runtimes, platforms and CI set by themselves."""
_TOOL_NAMES = """
AWS_* COMPOSE_* DOCKER_* POSTGRES_* PG* MYSQL_* MARIADB_* MONGO_* REDIS_*
RABBITMQ_* MINIO_* DJANGO_* FLASK_* RAILS_* NEXT_* NUXT_* VITE_* REACT_APP_*
SPRING_* QUARKUS_* ASPNETCORE_* DATABASE_URL NODE_* OTEL_* SENTRY_* GF_* ELASTIC*
ES_* KAFKA_* CELERY_* UVICORN_* GUNICORN_* WEB_CONCURRENCY APP_* TF_VAR_* PROMETHEUS_*
AZURE_* GOOGLE_* LOG_* PUMA_* SMTP_* NGINX_* TRAEFIK_* DD_*
"""
TOOLS = tuple(_TOOL_NAMES.split())
"""What libraries, frameworks and images read for themselves."""
ASIDE = regex(
    r"(?:^|/)(?:[\w-]*scripts?|tools?|tooling|releases?|hack|ci|\.[^/]+|build|bin|docs?|documentation|website"
    r"|bench\w*|migrations?|e2e|cypress"
    r"|playwright|storybook|dist|perf|load[-_]?tests?|sdk|packages/cli|tasks|rakelib)/|(?:^"
    r"|/)(?:[\w.-]+\.config|setup|mix|noxfile|conftest|fabfile"
    r"|Rakefile|gulpfile|Gruntfile)\.\w+\Z|\.(?:test|spec|stories|d)\.\w+\Z",
    _I,
)
LINE = regex(r"^[ \t]*(?:#[ \t]?)?(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]{2,60})[ \t]*=", re.MULTILINE)
WHOLE = regex(
    r"\b(?:os\.(?:environ(?:\.(?:items|copy|keys)\(|\s*\)|\[[^\"'\]])|Environ\(\))|dict\(os\.environ"
    r"|process\.env(?:\s*[;,)\]]|\[[^\"'\]])|ENV(?:\.(?:to_h|each|select|slice|key)|\[[^\"'\]])"
    r"|(?:System\.)?getenv\(\)"
    r"|(?:AutomaticEnv|envconfig|env_prefix|BaseSettings|env::vars|caarlos0/env|figgy|dynaconf"
    r"|AddEnvironmentVariables|Environment\.GetEnvironmentVariables)\b)"
    r"|\*\*os\.environ|f[\"'][A-Z_]*\{[^}]{0,500}\}[A-Z_]*[\"']"
)
"""Code that reads variables whose names it does not write."""
MOST = 4000
LONGEST = 400_000
TEXTS = regex(
    r".*(?:\.(?:py|go|rs|rb|erb|jsx?|mjs|cjs|tsx?|mts|cts|vue|svelte|java|kts?|scala|groovy|php|cs|exs?|ya?ml"
    r"|toml|json|sh|bash|ini|cfg|conf"
    r"|properties|tf|tpl|gradle|xml|ps1|hcl|nix|sql|html|jinja2?|j2|swift|dart|lua|c|cc|cpp|h|env)"
    r"|Dockerfile[\w.-]*|Makefile|Procfile"
    r"|justfile|Vagrantfile|/[^./]+)\Z",
    _I,
)


SETTING = regex(
    r"(?:.*/)?(?:Dockerfile[\w.-]*|[\w.-]*compose[\w.-]*\.ya?ml|devcontainer\.json|values[\w.-]*\.ya?ml"
    r"|[\w.-]+\.tf|app\.json|Procfile"
    r"|(?:docker|k8s|kubernetes|helm|charts?|deploy\w*|manifests|terraform|infra\w*|\.devcontainer)/.*"
    r"|[\w.-]*\.env[\w.-]*|manifest\w*\.ya?ml"
    r"|serverless\.ya?ml|render\.yaml|fly\.toml|samconfig\.toml|template\.ya?ml|\.envrc|mise\.toml)\Z",
    _I,
)
