"""Which commands run tests: the families that DEV001 knows, as patterns of a call's words without wrappers."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace

from pytest_productops.facts.commands import Call, calls
from pytest_productops.facts.commands.wrappers import unwrap
from pytest_productops.model import Location

_OPTIONS = r"(?: -\S+| \+\S+)*"
_FAMILIES: tuple[tuple[str, str], ...] = (
    ("pytest", r"(?:py\.?test|pytest-3|ptw)(?: |$)(?!.*--(?:collect-only|co|version|help|fixtures)\b)"),
    ("unittest", r"(?:unittest|nose2|nosetests|trial|stestr run|testr run|green|zope-testrunner|behave|robot|avocado run)(?: |$)"),
    ("unittest", r"(?:\S*manage\.py|django-admin) test(?: |$)|setup\.py (?:\S+ )*(?:test|pytest)(?: |$)"),
    ("hatch", r"hatch(?: -\S+)* (?:test|run \S*(?:test|cov)\S*)(?: |$)"),
    ("vitest", r"vitest(?: |$)(?! (?:--version|list|init))"),
    ("jest", r"(?:jest|jest-cli|react-scripts(?:-ts)? test|ng test|lerna run \S*test\S*|wtr|web-test-runner)(?: |$)"),
    ("mocha", r"(?:_?mocha|ava|tap|tape|uvu|jasmine|qunit|karma start|tstyche|c8|nyc|borp|lab|zora|poku|wdio)(?: |$)"),
    ("browser", r"(?:playwright test|cypress run|testcafe|nightwatch|detox test|wdio run)(?: |$)"),
    ("node", r"(?:node|tsx|bun|deno)\b.* --test(?:[ =-]|$)|node (?:\S*/)?(?:run[-_]?)?tests?(?:[/.][\w/.-]*)?(?: |$)"),
    ("npm", r"(?:npm|yarn|pnpm|bun)(?: -\S+| workspaces? \S+(?: foreach)?| --\w+ \S+)*(?: run| run-script)?(?: -\S+)* \S*\b(?:test|tst|t|vitest|jest)\b\S*(?: |$)"),
    ("npm", r"(?:npx )?(?:turbo|nx|moon|rush|wireit|wsrun|ultra)(?: \S+)* \S*\btests?\b\S*(?: |$)"),
    ("bun", r"bun test(?: |$)|deno(?: task)? \S*test\S*(?: |$)"),
    ("go", r"go(?: -C \S+)? test(?: |$)(?!.*-run[= ]['\"]?(?:\^?\$|XXX|NONE)(?: |$))|(?:gotestsum|ginkgo)(?: |$)"),
    ("cargo", rf"cargo{_OPTIONS} (?:test|t|nextest r(?:un)?|llvm-cov|tarpaulin|hack(?: \S+)* test|careful test|miri (?:test|nextest)|insta test|xtask \S*test\S*|make \S*test\S*|\S*test\S*)(?: |$)(?!.*--no-run\b)|cross{_OPTIONS} test(?: |$)(?!.*--no-run\b)"),
    ("gradle", r"gradlew?(?:\.bat)?(?= )(?!.* (?:-x|--exclude-task) (?:test|check)\b)(?=.* (?:[\w:.-]*:)?(?:\w*[tT]est\w*|check|build)(?: |$))"),
    ("maven", r"mvnw?d?(?:\.cmd)?(?= )(?!.*-D(?:skipTests|maven\.test\.skip)(?!=false))(?=.* (?:test|verify|install|deploy|package|integration-test)(?: |$))"),
    ("ruby", r"(?:rspec|parallel_rspec|parallel_test|cucumber|turbo_tests|m|minitest|flatware rspec|rails (?:test|spec)\S*)(?: |$)"),
    ("rake", r"rake(?: -\S+)*(?: [\w:]*(?:test|spec|default|ci)[\w:]*(?: |$)|$)"),
    ("ctest", r"(?:ctest|meson test|cmake --build(?: \S+)* (?:-t|--target) \S*(?:test|check)\S*|cmake --workflow)(?: |$)"),
    ("make", r"(?:g?make|ninja|bmake|nmake|samu|just|task|mage|invoke|inv|poe|doit|earthly|pdm run|pdm|nur|waf|scons|mise run|rez)(?=\b|$)(?=.* [^\s=]*(?:\b|_)(?:tests?|unittests?|runtests?|checks?|check-\w+|test-?\w*|installcheck|distcheck|citest|ci-test)(?:\b|_)[^\s=]*(?: |$))"),
    ("dotnet", r"dotnet(?: \S+)* (?:test|vstest)(?: |$)|vstest\.console(?:\.exe)?(?: |$)|invoke-pester(?: |$)"),
    ("swift", r"swift test(?: |$)|xcodebuild(?=.* test(?:-without-building)?(?: |$))|fastlane(?: \w+)? \w*(?:tests?|scan)\w*"),
    ("elixir", r"mix(?: do)?(?: [^ ]+,)* (?:test|coveralls)\S*(?: |$)|rebar3(?: \S+)* (?:eunit|ct|proper)(?: |$)|gleam test(?: |$)"),
    ("php", r"(?:phpunit|simple-phpunit|paratest|pest|codecept|phpspec|behat|atoum|kahlan|tester)(?:\.phar|\.bat)?(?: |$)|composer(?: -\S+)*(?: run| run-script)? \S*(?:test|phpunit)\S*(?: |$)|(?:php )?artisan test"),
    ("scala", r"(?:sbt|sbtn|sbt-\w+)(?=.*\b(?:\w*[tT]est\w*|scripted|validate)(?:Only|Quick)?\b)|(?:mill|scala-cli)(?=.*\btest\b)|lein(?: \S+)* \S*test\S*|clj(?:ojure)?(?=.*:\S*test)"),
    ("bazel", r"(?:bazel|bazelisk|buck2?|pants|please|plz|blaze)(?: \S+)* (?:test|coverage)(?: |$)|pants(?= )(?=.* test(?: |$))"),
    ("dart", r"(?:flutter|dart|very_good|melos|fvm flutter)(?: run| pub run)?(?: \S+)? test\S*(?: |$)|melos (?:run )?\S*test"),
    ("zig", r"zig (?:build )?(?:\S+ )*test(?: |$)|zig build (?:\S+ )*test\S*"),
    ("haskell", r"(?:stack|cabal)(?: \S+)* (?:v2-|new-)?test\S*(?: |$)|stack(?: \S+)* --test\b|dune (?:test|runtest|build @\S*test)|opam exec -- dune (?:test|runtest)"),
    ("r", r"R(?:\.exe)? CMD check(?: |$)|(?:Rscript|R)\b.*(?:test_|testthat|devtools::(?:test|check)|rcmdcheck|tinytest)"),
    ("julia", r"julia\b.*(?:Pkg\.test|runtests|runtest$)"),
    ("shell", r"(?:bats|bats-core|shellspec|prove|cram|shunit2|urchin|roundup|ptester|bashunit)(?: |$)"),
    ("lua", r"(?:busted|luarocks test|nvim\b.*(?:Plenary|busted)|emacs\b.*ert|eask test|cask exec|buttercup|eldev(?: \S+)* test)(?: |$)?"),
    ("other", r"(?:terraform|tofu|helm unittest|forge|hardhat|npx hardhat|truffle|anchor|scarb|snforge|aiken|elm-test|spago|crystal|nimble|v|odin|alr|fpm|shards|luau|lune|opa|conftest verify|promtool|molecule|kitchen|ansible-test|dagger call|tilt ci|act|skaffold|kubectl kuttl|kuttl|chainsaw|perl Build|\S*/?Build)(?: \S+)* ?\S*(?:test|spec|units|sanity|verify)\S*(?: |$)"),
    ("runtest", r"cibuildwheel(?: |$)(?=NEVER)|ct(?:-lint-and)?-install(?: |$)|ct install(?: |$)"),
)  # fmt: skip
_KNOWN = tuple((name, re.compile(pattern)) for name, pattern in _FAMILIES)
_SCRIPT = re.compile(r"^(?:.*/)?(?:[\w-]*[-_])?(?:run)?(?:all|unit|integration)?[-_]?tests?(?:[-_][\w-]*)?(?:\.\w+)?$")
_SHELLS = frozenset({"bash", "sh", "zsh", "dash", "ksh", "pwsh", "powershell", "source", "."})
_CONTAINER = re.compile(r"^(?:docker|podman|nerdctl|docker-compose|podman-compose|kubectl)$")
_VARIABLE = re.compile(r"^\$[({]?\w*(?:PYTHON|PY|PIP|MAKE|GO|CARGO|NPM|RUN|EXEC|CMD|PREFIX|TOOL)\w*[)}]?$", re.IGNORECASE)
_DISCARD = frozenset({"echo", "printf", "which", "command", "type", "pip", "pip3", "apt-get", "apt", "brew", "cat", "grep",
                      "git", "curl", "wget", "mkdir", "rm", "cp", "mv", "ls", "chmod", "conda", "mamba", "choco", "gh"})  # fmt: skip
_OPEN = re.compile(
    r"^(?:docker|podman|nerdctl|buildah|buildx|docker-compose) (?:\S+ )*(?:build|run|up|exec|bake)(?: |$)|^nix(?:-build|-shell)?(?: |$)"
    r"|^(?:earthly|dagger|bazel|bazelisk|pants|tilt|act|cibuildwheel|vagrant|ssh|qemu\S*|lxc|crc|guix|skaffold|devbox|flox)(?: |$)"
    r"|^gh workflow run"
)
MAX_WRAPPERS = 6


def test_family(call: Call) -> str:
    """Return the family of test runners that a call belongs to, or nothing."""
    for words in readings(call):
        text = " ".join((_base(words[0]), *words[1:]))
        if words[0] in _DISCARD:
            return ""
        family = next((name for name, pattern in _KNOWN if pattern.match(text)), "")
        if family or _is_script(words):
            return family or "script"
    return ""


def opaque(call: Call) -> str:
    """Return what a call runs when that cannot be seen here (a container, a remote machine), or nothing."""
    for words in readings(call):
        if _OPEN.match(" ".join((_base(words[0]), *words[1:]))):
            return " ".join(words[:3])
    return ""


def readings(call: Call) -> Iterator[tuple[str, ...]]:
    """Yield a call's words, then those behind each wrapper, and of the shell texts in them."""
    layer: Call | None = call
    for _ in range(MAX_WRAPPERS):
        if layer is None or not layer.words:
            return
        yield layer.words
        yield from _nested(layer)
        layer = unwrap(layer) or _peeled(layer)


def _peeled(call: Call) -> Call | None:
    """Return a call without a container's prefix or a variable that stands for a program."""
    words = call.words
    if _VARIABLE.match(words[0]) and len(words) > 1:
        return replace(call, words=words[2:] if words[1] == "-m" and len(words) > 2 else words[1:])  # noqa: PLR2004
    if _CONTAINER.match(_base(words[0])):
        at = next((i for i, word in enumerate(words) if word in ("run", "exec")), 0)
        rest = _operands(words[at + 1 :]) if at else ()
        return replace(call, words=rest[1:]) if len(rest) > 1 else None
    if words[0] in ("conda", "mamba", "micromamba") and len(words) > 1 and words[1] == "run":
        return replace(call, words=rest) if (rest := _operands(words[2:])) else None
    if words[0] in ("yarn", "npm", "pnpm", "xargs", "catchsegv", "unbuffer", "dbus-run-session", "php", "stdbuf", "op",
                    "wine", "node", "nix", "nix-shell", "rtk", "valgrind", "strace", "script", "fvm", "opam", "vendor",
                    "faketime", "setarch", "arch", "caffeinate", "sudo", "firejail", "rustup"):  # fmt: skip
        rest = _operands(words[1:])
        rest = rest[1:] if rest[:1] in (("exec",), ("run",), ("develop",), ("dlx",), ("dynamic",)) else rest
        return replace(call, words=_operands(rest)) if rest else None
    return None


_VALUED = frozenset("-n --name -p --prefix -e --env -v --volume -w --workdir -u --user --env-file -f --file --network "
                    "--profile -t --entrypoint --platform --mount --index --project-name --cwd -C --command".split())  # fmt: skip


def _operands(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words from the first that is no option and no option's value."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in _VALUED and words[at] != "--command" else 1
    return words[at:]


def _nested(call: Call) -> Iterator[tuple[str, ...]]:
    """Yield the commands of `bash -c "..."`, `nix-shell --run "..."` and the like."""
    flags = ("-c", "-lc", "-ec", "-exc", "-euxc", "-ic", "-euc", "-xc", "-lic", "--run", "--command", "-cmd", "/c", "-Command")
    for flag, text in zip(call.words, call.words[1:], strict=False):
        if flag in flags and " " in text:
            for inner in calls(text, Location("", 1)):
                yield inner.words
                yield from readings(inner)


def _base(word: str) -> str:
    """Return a program's name without its folder, for scripts of the tree too."""
    return posixpath.basename(word.replace("\\", "/")) or word


def _is_script(words: tuple[str, ...]) -> bool:
    """Whether a script or module by the name of tests is run: `./run-tests.sh`, `python tests/run_tests.py`."""
    first = _base(words[0])
    if first in _SHELLS or re.fullmatch(r"(?:python|pypy|ruby|perl|node|php|tsx|ts-node|lua|Rscript)[\d.]*", first):
        rest = [word for word in words[1:] if not word.startswith("-")]
        return bool(rest) and bool(_SCRIPT.match(rest[0])) and "/" not in rest[0][-1:]
    return ("/" in words[0] or "." in words[0]) and not first.startswith("-") and bool(_SCRIPT.match(words[0]))
