"""The tables of linters, formatters and type checkers: which command, which action, which kind."""

# ruff: noqa: E501 - one program a line reads best

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pytest_productops.facts.quality.model import Kind
from pytest_productops.lazy import regex

_COMMANDS = r"""
ruff(?! (?:format|--version|version|clean|server)\b) = ruff style
ruff format|ruff-format = ruff-format style
ruff-check = ruff style
flake8|pflake8|flake518|flake9 = flake8 style
pylint|pylint3 = pylint style
black|blackd|darker|blacken-docs|black-nb|blackdoc = black style
isort = isort style
yapf|yapf3 = yapf style
autopep8 = autopep8 style
pycodestyle|pep8 = pycodestyle style
pydocstyle = pydocstyle style
pyflakes|pylama|prospector|vulture|docformatter|pyupgrade|usort|ufmt|fixit|djlint|djhtml|curlylint|doc8|nbqa|cython-lint|darglint|add-trailing-comma|reorder-python-imports|flynt|wemake-python-styleguide|pydoclint|numpydoc = other style
hatch .*\bfmt\b = ruff style
pytest .*--(?:flake8|pylint|black|isort|ruff|pycodestyle|codestyle) = pytest-plugin style
pytest .*--mypy = mypy types
pytest .*--pyright = pyright types
mypy|dmypy|stubtest|mypy.stubtest = mypy types
pyright|basedpyright|pyright-python = pyright types
ty(?! (?:--version|version|server)) = ty types
pyre|pytype|zuban|pyrefly|typeguard|pyanalyze = other types
eslint|eslint_d|eslint-ts|eslint-config-inspector|semistandard|standard|standardx|ts-standard|neostandard|snazzy|xo = eslint style
(?:next|ng|expo|umi|nuxt|nuxi|wp-scripts|react-app-rewired|ember|vue-cli-service|sku|tsdx|aegir|ultracite|rslint) (?:\S+ )*lint = eslint style
tslint|jshint|jscs|jslint|gts|rslint|oxfmt|fecs|htmlhint|lebab|sort-package-json|publint|knip|dprint|prettierx|purs-tidy|elm-format|elm-review|stylable-lint = other style
oxlint = oxlint style
biome(?! (?:--version|init|migrate|rage|start)) = biome style
rome (?:check|ci|format) = biome style
prettier|prettierd|prettier-standard = prettier style
stylelint = stylelint style
deno (?:\S+ )*lint = deno style
deno (?:\S+ )*fmt = deno style
vp (?:check|lint|fmt|format) = oxlint style
zshy|tsc|tspc|ttsc|tsgo|vue-tsc|vue-tsgo|svelte-check|glint|ember-tsc|tsd|tsd-lite|tstyche|dtslint|dtslint-runner|gqty-tsc|typecoverage|type-coverage|expect-type|ngc|stc = tsc types
(?:next|ng|nuxi|nuxt|astro|remix|react-router) (?:\S+ )*(?:build|typecheck|check|typegen) = tsc types
react-scripts build = tsc types
tsup .*--dts|vitest .*(?:--typecheck\b.*|typecheck) = tsc types
svelte-kit (?:check|package) = tsc types
deno (?:\S+ )*check = tsc types
flow (?:check|status|focus-check|full-check|batch-coverage)|flow = flow types
gofmt|gofumpt|goimports|goimports-reviser|gci|golines = gofmt style
go (?:fmt|run \S*(?:gofumpt|goimports)) = gofmt style
go (?:run|tool) \S*golangci-lint|go tool golangci-lint = golangci-lint style
go (?:\S+ )*vet = go-vet style
go (?:run|tool) \S*(?:staticcheck|revive|golint) = staticcheck style
golangci-lint(?:-v2)?(?! (?:--version|version|cache|config|help)) = golangci-lint style
staticcheck|revive|golint|errcheck|ineffassign|gosimple|megacheck|gometalinter|nilaway = staticcheck style
cargo (?:\S+ )*fmt|rustfmt|cargo-fmt = rustfmt style
cargo (?:\S+ )*clippy|cargo-clippy|clippy-driver = clippy style
cargo (?:\S+ )*(?:sort|machete|udeps) = other style
taplo (?:fmt|format|check|lint) = other style
ktlint|ktfmt|kotlinter = ktlint style
detekt|detekt-cli = detekt style
google-java-format|checkstyle|pmd|spotbugs|diktat = checkstyle style
rubocop|rubocop-\w+ = rubocop style
standardrb = standard style
reek|rufo|rubyfmt|rails_best_practices|erblint|erb_lint|herb|haml-lint|slim-lint|scss-lint|rbprettier|fasterer|syntax_tree|stree|cane|flay|flog|coffeelint|mdl-ruby|i18n-tasks|govuk-lint-ruby|govuk-lint-sass|puppet-lint|foodcritic|cookstyle|chefstyle|undercover-lint|pronto = other style
srb (?:tc|typecheck)|srb|bin/srb|sorbet = sorbet types
steep (?:\S+ )*check = steep types
rbs (?:test|validate) = steep types
phpcs|phpcbf|php_codesniffer = phpcs style
php-cs-fixer|php-cs-fixer-v\d|phpcsf = php-cs-fixer style
pint = pint style
ecs|easy-coding-standard = ecs style
phpstan|larastan = phpstan types
psalm|psalter = psalm types
phan = phan types
phpmd|rector|parallel-lint|phplint|twigcs|twig-cs-fixer|phpinsights|mago|phpcpd|tlint|duster|deptrac = other style
mix (?:.*,)? ?(?:do )?(?:--\S+ )*(?:\S+ \+ )*format = mix-format style
mix (?:\S+ )*credo = credo style
mix (?:\S+ )*(?:dialyzer|gradient) = dialyzer types
mix (?:\S+ )*(?:styler|doctor|recode|surface\.format|sobelow) = other style
rebar3 (?:\S+ )*(?:fmt|lint|steamroll|format|hank|elvis) = elvis style
rebar3 (?:\S+ )*(?:dialyzer|eqwalizer) = dialyzer types
dialyzer|typer|elp\s+eqwalize(?:-all)?|gradualizer = dialyzer types
elvis|erlfmt|efmt|erlang-formatter = elvis style
gleam format = other style
clang-format(?:-\d+)?|run-clang-format(?:\.py)?|git-clang-format(?:-\d+)?|git clang-format|clang-format-\S+ = clang-format style
clang-tidy(?:-\d+)?|run-clang-tidy(?:-\d+)?(?:\.py)?|clang-tidy-diff(?:-\d+)?(?:\.py)? = clang-tidy style
cppcheck|cpplint|cpplint\.py|astyle|uncrustify|iwyu_tool(?:\.py)?|include-what-you-use|cmake-format|cmake-lint|cmakelint|gersemi|gcovr-lint|vera\+\+|oclint|flawfinder|checkpatch\.pl = cppcheck style
dotnet (?:\S+ )*format = dotnet-format style
dotnet (?:csharpier|jb|roslynator|cleanupcode)|csharpier|fantomas|fsharplint|dotnet-fsharplint|jb cleanupcode|jb inspectcode = other style
swiftlint = swiftlint style
swiftformat|swift-format = swiftformat style
swift (?:package )?(?:\S+ )*format = swiftformat style
(?:dart|flutter|fvm flutter|fvm dart|melos) (?:\S+ )*(?:format|analyze) = dart style
dartfmt|dartanalyzer|dart_code_metrics|dcm = dart style
shellcheck|shfmt|checkbashisms|bashate|shellharden = shellcheck style
terraform (?:\S+ )*fmt|tofu (?:\S+ )*fmt|terragrunt (?:hclfmt|hcl fmt|hcl format) = terraform style
tflint|hclfmt|packer fmt|ansible-lint|puppet-lint|salt-lint|buildifier|buf lint|buf format|protolint|clang-format-lint|nixfmt|nixpkgs-fmt|alejandra|statix|deadnix|treefmt|cfn-lint|jsonnetfmt|jsonnet-lint|regal|opa fmt|rego fmt|solhint|solium|ethlint|vale-lint|luacheck|stylua|selene|luaformatter|lua-format|hlint|ormolu|fourmolu|stylish-haskell|brittany|cabal-gild|weeder|ocamlformat|scalafmt|scalafix|scalastyle|ameba|nph|nimpretty|cljfmt|clj-kondo|eastwood|kibit|zprint|perlcritic|perltidy|precious|lintr|styler|vint|checkmake|sqlfluff|sqlfmt|squawk|slather-lint|gdlint|gdformat|fprettify|findent|raku-lint|efm|ktlint-gradle|topiary|dhall lint|dhall format|muon analyze|muon fmt|verible-verilog-lint|verilator --lint-only|vsg|bazel run .*buildifier.* = other style
opam exec .*ocamlformat|dune (?:\S+ )*(?:@fmt|fmt|format) = other style
crystal tool format|zig fmt|elm-format|nim-format|v fmt|odinfmt|forge fmt|scarb fmt|aiken fmt|snforge fmt|julia .*(?:JuliaFormatter|Runic) = other style
(?:sbt|sbtn|mill|scala-cli|bleep) .*(?:scalafmt|scalafix|scalastyle|headerCheck|check[Ff]ormat|\bfmt\b|\bfix --check) = scalafmt style
(?:R|Rscript) .*(?:lintr|styler) = other style
(?:lein|clojure|clj) .*(?:cljfmt|kondo|eastwood|kibit|bikeshed|\blint\b) = other style
perl \S*perlcritic = other style
php .*(?:php-cs-fixer|phpcs)(?:\.phar)? = php-cs-fixer style
php .*phpstan(?:\.phar)? = phpstan types
php .*psalm(?:\.phar)? = psalm types
php (?:\S+ )*-l = other style
lint-staged|trunk (?:check|fmt)|lefthook run|megalinter|mega-linter-runner|super-linter|pre-commit-run|qlty check|overcommit --run|checksrc\.pl|checksrc|editorconfig-checker|eclint|lintr|golint-ci|linter|arc lint = other style
"""
_ACTIONS = r"""
golangci/golangci-lint-action = golangci-lint style
(?:super-linter|github|docker://[\w./]*)/?super-linter|oxsecurity/megalinter\S*|megalinter/\S*|nvuillam/mega-linter\S* = many style
trunk-io/trunk-action\S*|wearerequired/lint-action|autofix-ci/action-lint|qltysh/\S*check\S* = many style
(?:psf|rickstaa|lgeiger|cclauss|jpetrucciani)/\S*black\S*|reviewdog/action-black = black style
\S*/(?:action-)?ruff(?:-action|-check|-format)? = ruff style
\S*/\S*flake8\S* = flake8 style
\S*/\S*pylint\S* = pylint style
\S*/\S*isort\S* = isort style
\S*/\S*(?:pycodestyle|autopep8|yapf|pydocstyle|python-lint|python-linter|autoflake)\S* = other style
\S*/\S*mypy\S* = mypy types
\S*/\S*pyright\S* = pyright types
\S*/\S*eslint\S*|standard/\S*|\S*/action-standard = eslint style
\S*/\S*prettier\S* = prettier style
\S*/\S*stylelint\S* = stylelint style
\S*/\S*biome(?!.*setup)\S*|mongolyy/reviewdog-action-biome = biome style
\S*/\S*(?:gofmt|goimports|gofumpt)\S* = gofmt style
\S*/\S*(?:staticcheck|golint|revive)\S* = staticcheck style
\S*/(?:action-|rs-)?(?:clippy|rust-clippy)\S* = clippy style
\S*/\S*(?:rustfmt|cargo-fmt|rust-fmt)\S* = rustfmt style
\S*/\S*(?:rubocop|standardrb|standard-ruby|erblint|erb-lint|haml-lint|reek|slim-lint)\S*|andrewmcodes/rubocop\S* = rubocop style
\S*/\S*(?:phpcs|php-cs-fixer|php-codesniffer|codesniffer)\S* = phpcs style
\S*/\S*pint\S* = pint style
\S*/\S*(?:phpstan|larastan)\S* = phpstan types
\S*/\S*psalm\S* = psalm types
\S*/\S*clang-format\S* = clang-format style
\S*/\S*(?:clang-tidy|cpp-linter|cppcheck|cpplint|astyle)\S* = clang-tidy style
\S*/\S*ktlint\S* = ktlint style
\S*/\S*detekt\S* = detekt style
\S*/\S*(?:checkstyle|google-java-format|googlejavaformat|spotless)\S* = checkstyle style
\S*/\S*swiftlint\S* = swiftlint style
\S*/\S*(?:swiftformat|swift-format)\S* = swiftformat style
\S*/\S*(?:scalafmt|scalafix)\S* = scalafmt style
\S*/\S*(?:shellcheck|shfmt)\S* = shellcheck style
\S*/\S*(?:tflint|ansible-lint|luacheck|stylua|hlint|ormolu|fourmolu|buildifier|sqlfluff|dprint|djlint|nixfmt|nixpkgs-fmt|treefmt|clj-kondo|perlcritic|format-check|check-format|code-style|codestyle|cfn-lint|buf-lint|fantomas|csharpier|dotnet-format|gdtoolkit|ameba|editorconfig-checker)\S* = other style
"""
_NOT_AN_ACTION = regex(
    r"(?:^|[/_-])(?:setup|install|cache|upload|commitlint|actionlint|yamllint|markdownlint|hadolint)(?:$|[/_@-])|lint-pr|pr-lint"
    r"|commit-?lint|semantic|sarif|annotate|hadolint|markdown|lint-commit|title",
    re.IGNORECASE,
)
_PROGRAMS = regex(r"[\w.+|-]+\Z")
_IDLE = frozenset({"--version", "--help", "-V", "--print-config", "--showConfig"})
Rule = tuple[re.Pattern[str], str, Kind]


def _rows(table: str) -> Iterator[tuple[str, str, Kind]]:
    for line in table.strip().splitlines():
        pattern, _, rest = line.rpartition(" = ")
        tool, kind = rest.split()
        yield pattern, tool, "types" if kind == "types" else "style"


@lru_cache(maxsize=1)
def _plain() -> Mapping[str, tuple[str, Kind]]:
    """Programs that a call's first word alone tells."""
    return {
        program: (tool, kind)
        for pattern, tool, kind in _rows(_COMMANDS)
        if _PROGRAMS.match(pattern)
        for program in pattern.split("|")
    }


@lru_cache(maxsize=1)
def _patterns() -> tuple[Rule, ...]:
    return tuple(
        (regex(rf"(?:{pattern})(?:[\s=]|$)"), tool, kind)
        for pattern, tool, kind in _rows(_COMMANDS)
        if not _PROGRAMS.match(pattern)
    )


@lru_cache(maxsize=1)
def _actions() -> tuple[Rule, ...]:
    return tuple(
        (regex(rf"(?:{pattern})\Z", re.IGNORECASE), tool, kind) for pattern, tool, kind in _rows(_ACTIONS)
    )


def of_command(words: tuple[str, ...]) -> tuple[str, Kind] | None:
    """Return the tool that a command without wrappers is, and its kind; None where it is none."""
    program = words[0].replace("\\", "/").rpartition("/")[2].removesuffix(".phar").removesuffix(".exe")
    if not _IDLE.isdisjoint(words) or (len(words) > 1 and words[1] in ("install", "--init")):
        return None
    known = _plain().get(program)
    if known:
        return known
    text = " ".join((program, *words[1:]))[:300]
    return next(((tool, kind) for pattern, tool, kind in _patterns() if pattern.match(text)), None)


def of_action(uses: str) -> tuple[str, Kind] | None:
    """Return the tool that a remote action runs, by its name, and its kind."""
    name = uses.partition("@")[0][:300]
    if _NOT_AN_ACTION.search(name):
        return None
    return next(((tool, kind) for pattern, tool, kind in _actions() if pattern.match(name)), None)
