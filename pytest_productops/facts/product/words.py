"""The words, names and places by which a kind of product is known; see `facts.product`."""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

ASIDE = regex(
    r"(?:^|/)(?:[\w-]*tests?(?:[-_][\w-]+)?|tools|extra|specs?|examples?|samples?|demos?|benchmarks?"
    r"|\.devcontainer|\.github|\.gitlab|ci|\.ci|docs?|documentation|e2e|fuzz|fixtures|templates?"
    r"|cookiecutter\w*|website|site|tutorials?|topics?|labs?|exercises|courses?|contrib"
    r"|playgrounds?)(?:/|$)",
    re.IGNORECASE,
)
PLATFORMS = regex(
    r"(?:Procfile|fly(?:\.\w+)?\.toml|render\.yaml|app\.json|heroku\.yml|serverless\.ya?ml|Capfile"
    r"|config/deploy\.(?:yml|rb)|\.?platform\.app\.yaml|app\.ya?ml|captain-definition|zeabur\.\w+"
    r"|railway\.(?:json|toml)|samconfig\.toml|nixpacks\.toml|scalingo\.json|\.do/app\.yaml"
    r"|wrangler\.(?:toml|jsonc?))\Z"
)
CLOUD = regex(
    r"(?:.*/)?(?:k8s|kubernetes|helm|charts?|kustomize|manifests|terraform|infra(?:structure)?|ansible"
    r"|deploy(?:ment|ments)?|cloudformation|pulumi|ops)/(?:[\w.-]+/)*[\w.-]+\.(?:ya?ml|tf|tfvars|tpl"
    r"|bicep|j2)\Z",
    re.IGNORECASE,
)
CHART = regex(r"(?:[\w.-]+/){0,4}Chart\.ya?ml\Z")
SYSTEMD = regex(r"(?:.*/)?[\w@.-]+\.service(?:\.in)?\Z")
DOCKERFILE = regex(r"(?:[\w.-]+/){0,2}(?:Dockerfile|Containerfile)(?:\.(?!test|ci|dev|lint|doc)\w+)?\Z")
COMPOSE = regex(r"(?:docker/)?(?:docker-)?compose(?:\.prod\w*|\.[\w-]+)?\.ya?ml\Z")
SKELETONS: tuple[tuple[re.Pattern[str], int, str], ...] = (
    (regex(r"(?:[\w.-]+/){0,1}manage\.py\Z"), 2, "a Django project"),
    (regex(r"config/(?:application\.rb|environments/production\.rb)\Z"), 4, "a Rails application"),
    (regex(r"artisan\Z"), 4, "a Laravel application"),
    (regex(r"config/(?:runtime|prod)\.exs\Z"), 2, "an Elixir application with settings for production"),
    (regex(r"lib/\w+_web/endpoint\.ex\Z"), 3, "a Phoenix application"),
    (
        regex(
            r"(?:[\w.-]+/){0,2}(?:gunicorn(?:[._-]conf\w*)?(?:\.\w+)?\.py|uwsgi\.ini"
            r"|[\w-]*wsgi[\w-]*\.conf|supervisord?\.conf|config/puma\.rb)\Z"
        ),
        2,
        "an application server's entry point",
    ),
    (
        regex(r"(?:.*/)?src/main/resources/application(?:-\w+)?\.(?:properties|ya?ml)\Z"),
        4,
        "a Spring application",
    ),
    (regex(r"next\.config\.\w+\Z"), 2, "a Next.js application"),
    (regex(r"config/bundles\.php\Z"), 3, "a Symfony application"),
    (regex(r"(?:src/)?(?:.*/)?appsettings(?:\.Production)?\.json\Z"), 3, "an ASP.NET application"),
    (
        regex(
            r"(?:(?:[\w.-]+/){0,2}alembic\.ini|migrations/env\.py|db/schema\.rb|db/structure\.sql|prisma/schema\.prisma"
            r"|priv/repo/migrations/.+)\Z"
        ),
        2,
        "a database of its own",
    ),
)
WSGI = regex(r"(?:[\w.-]+/){0,2}[\w-]*(?:wsgi|asgi)\.py\Z")
APP = regex(
    r"(?:.*/)?(?:AndroidManifest\.xml|Info\.plist|[\w.-]+\.xcodeproj/project\.pbxproj|pubspec\.yaml"
    r"|tauri\.conf\.json|electron-builder\.\w+|config\.xml)\Z"
)
FRAMEWORKS = regex(
    r"^[ \t]*(?:from|import)\s+(?:flask|fastapi|sanic|aiohttp\.web|tornado\.web|falcon|bottle|quart"
    r"|starlette)\b[^\n]*|\brequire\(['\"](?:express|fastify|koa|@hapi/hapi|probot)['\"]\)"
    r"|\bfrom ['\"](?:express|fastify|koa|@hapi/hapi|hono|probot)['\"]",
    re.MULTILINE,
)
ENTRY = regex(
    r"(?:(?:src|app|server|api|backend)/)?(?:app|main|server|application|index|run|__init__|wsgi"
    r"|todolist)\.(?:py|js|ts|mjs)\Z"
)
SERVICE_NOUN = (
    r"(?:collaborative|online|web[- ]based|browser[- ]based) [\w -]{0,24}(?:editor|tool|application"
    r"|interface)|metrics? system|(?:web|home|api|application|proxy|git|mail|chat|file|media|game"
    r"|authentication|dns|http|https|hub|collab\w*|backend|data|metrics|database|identity|package"
    r"|registry)? ?server(?! components?| side)|web ?service|micro-?services?|(?:the |this )service\b"
    r"|service (?:that|which|to)\b|self[- ]host\w*|platform|web[- ]?(?:site|app(?:lication)?|portal)"
    r"|websites?|portal|paas|dashboards?|database|data ?store|key-value store|reverse proxy|load balancer"
    r"|ingress|search engine"
    r"|monitoring (?:system|solution|and alerting)|message broker|(?:github|slack|discord) (?:app|bot)"
    r"|bot|backend|back-end|saas|headless commerce|cms|content management|hub for|control plane"
    r"|operator|orchestrat\w+|source of truth|cron job monitoring|api for|the api\b|(?:todo|to-do"
    r"|sample|demo|example)[\w -]{0,12}app\w*|application for|analytics|data cluster|homeserver"
    r"|identity service"
)
PACKAGE_NOUN = (
    r"dev(?:elopment)?[- ]server|(?:(?:web|https?|application|api|rack) )?(?:servers?|service|platform"
    r"|api) (?:for|in) (?:erlang|ruby|rack"
    r"|node(?:\.js)?|python|elixir|java|go|php|rust|\.net)|librar(?:y|ies)|framework|toolkit|(?:python"
    r"|npm|node|ruby|php|go|rust|js|javascript|java|elixir|composer) (?:package|module|gem|crate|api"
    r"|client|binding\w*)|package manager|gem\b|crate\b|module\b|sdk|bindings?|clients?\b|middleware"
    r"|cli\b|command[- ]?lines?|compiler|transpiler|linter|formatter|parser|generator|bundler"
    r"|build tool|plug-?ins?|extensions?|add-?on|engine for|editor|testing tool|test(?:ing)? (?:runner"
    r"|framework|tool)|utility|utilities|tool\b|tools\b|helper|wrapper|mock\w*|(?:ui|web|react"
    r"|vue) components?|design system|code coverage|serializ\w+|implementation of|(?:task|job"
    r"|message) queues?|platform for (?:writing|building|developing)|orm\b|emulator|shell|browser"
    r"|desktop|mobile app|(?:android|ios) app|game\b|language|type checker|interactive|pypi package"
    r"|app for (?:ios|android|mac)|code analyzer|specification|validation|logger|logging|dataframe"
    r"|calculator"
)
NOUNS = regex(
    rf"(?<![\w-])(?:(?P<package>{PACKAGE_NOUN})|(?P<service>{SERVICE_NOUN})(?!\s+(?:librar\w+"
    rf"|framework|toolkit|clients?|sdk|module|package|interface|adapter|driver|plugin|wrapper"
    rf"|testing)))\b",
    re.IGNORECASE,
)
INSTALLING = regex(
    r"\b(?:install\w*|set-?up|usage|using|download\w*|quick ?start|getting started|running|requirements"
    r"|prerequisites|develop\w*|contribut\w*)\b",
    re.IGNORECASE,
)
"""Headings of a README below which the product is used, no longer described."""
INSTALLER = regex(r"\bpackage managers?\b", re.IGNORECASE)
"""What installs a product, in words that tell how to use it."""
INDEXES = frozenset(
    {
        "a Python index",
        "npm",
        "crates.io",
        "RubyGems",
        "a Maven repository",
        "Hex",
        "NuGet",
        "a package index",
        "an editor's marketplace",
        "an app store",
    }
)
DESCRIPTION = regex(
    r"^[^\S\n]*[\"']?(?:description|summary|\w+\.(?:summary|description))[\"']?\s*[:=]\s*[\"']([^\"'\n]{5,300})",
    re.MULTILINE | re.IGNORECASE,
)
MANIFESTS = (
    "pyproject.toml",
    "setup.cfg",
    "setup.py",
    "package.json",
    "Cargo.toml",
    "composer.json",
    "mix.exs",
)
PACKAGED = (
    (
        "pyproject.toml",
        regex(r"(?ms)^\[(?:project|tool\.poetry)\].*^(?:classifiers|keywords|license|urls|readme)\b"),
        2,
        "packaged for a Python index",
    ),
    ("setup.py", regex(r"\bsetup\("), 2, "packaged for a Python index"),
    (
        "package.json",
        regex(r"\"(?:main|exports|module|bin|files|publishConfig)\"\s*:"),
        2,
        "packaged for npm",
    ),
    (
        "Cargo.toml",
        regex(r"(?m)^(?:description|categories|keywords|license)\b"),
        2,
        "a crate with a description",
    ),
    (
        "composer.json",
        regex(r"\"type\"\s*:\s*\"(?:library|composer-plugin|symfony-bundle)\"|\"autoload\""),
        1,
        "packaged for Composer",
    ),
    ("mix.exs", regex(r"\bpackage:"), 2, "packaged for Hex"),
)
IS = regex(
    r"\b(?:is|are|provides|implements|builds?) (?:a|an|the)\b|\bthis (?:is|repo\w*|project)\b", re.IGNORECASE
)
