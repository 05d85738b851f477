"""Ruby: Gemfile and gemspecs by a tolerant reader of lines (https://bundler.io/man/gemfile.5.html); nothing is run."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.files import Files
from pytest_productops.facts.manifests.model import Claim, Dependency, Manifest
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_GEM = regex(r"^\s*gem[ (]+[\"']([^\"']+)[\"']((?:\s*,\s*[\"'][^\"']*[\"'])*)(.*)$")
_GROUP = regex(
    r"^\s*group\b[ (]*((?::\w+|[\"']\w+[\"'])(?:\s*,\s*(?::\w+|[\"']\w+[\"']))*)\s*(?:,[^d]{0,100})?\)?\s*do\b"
)
_BLOCK = regex(r"\bdo\b\s*(?:\|[^|]*\|\s*)?(?:#.*)?$|^\s*(?:if|unless|case|begin|while|until|def)\b")
_CONDITION = regex(
    r"^\s*(?:if|unless|case|begin|while|until|def)\b|^.*\.each\b|^\s*(?:install_if|platforms?)\b"
)
_DEPENDS = regex(r"\b(?:if|unless)\b|\?|\|\||install_if:|platforms?:")
_RUBY = regex(r"^\s*ruby[ (]+[\"']([^\"']+)[\"']")
_TEXT = regex(r"[\"']([^\"']*)[\"']")
_ADDED = regex(
    r"\.add_(runtime_|development_)?dependency[ (]+(?:[\"']|%q<)([^\"'>]+)[\"'>]"
    r"((?:\s*,\s*(?:\[\s*)?[\"'][^\"']*[\"']\]?)*)"
)
_FIELD = regex(r"^\s*\w+\.(name|version|required_ruby_version)\s*=(.+)$")


def gemfile(files: Files, path: str) -> Manifest:
    """Read a Gemfile: the gems with literal names, and the group around each."""
    content = files.read(path)
    claims = (
        Claim("ruby", match[1], Location(path, number))
        for number, line in enumerate(content.splitlines(), 1)
        if (match := _RUBY.match(line[:500])) and not _DEPENDS.search(line[match.end() : 500])
    )
    return Manifest(
        "ruby", path, dependencies=tuple(_gems(content, path)), claims=tuple(claims), private=True
    )


def _gems(content: str, path: str) -> Iterator[Dependency]:
    blocks: list[str] = []
    for number, line in enumerate(content.splitlines(), 1):
        code = line[:1000]
        if code.strip() == "end" and blocks:
            blocks.pop()
            continue
        if match := _GEM.match(code):
            constraint = ", ".join(_TEXT.findall(match[2]))
            group = next((each for each in reversed(blocks) if each and each != "if"), "")
            local = " path:" in match[3] or ":path" in match[3]
            depends = "if" in blocks or _DEPENDS.search(match[3]) is not None
            yield Dependency(
                match[1],
                constraint,
                "" if group == "if" else group,
                Location(path, number),
                local=local,
                conditional=depends,
            )
        elif _BLOCK.search(code):
            named = _GROUP.match(code)
            inner = "dev" if named and ("dev" in named[1] or "test" in named[1]) else ""
            blocks.append("if" if _CONDITION.match(code) else inner)


def gemspec(files: Files, path: str) -> Manifest:
    """Read a gemspec: literal name, version, Ruby and dependencies."""
    content = files.read(path)
    fields: dict[str, tuple[str, int]] = {}
    found: list[Dependency] = []
    for number, line in enumerate(content.splitlines(), 1):
        code = line[:1000]
        if match := _FIELD.match(code):
            fields.setdefault(match[1], (match[2].strip(), number))
        for added in _ADDED.finditer(code):
            group = "dev" if added[1] == "development_" else ""
            found.append(
                Dependency(added[2], ", ".join(_TEXT.findall(added[3])), group, Location(path, number))
            )
    name, version, ruby = (_literal(fields.get(key)) for key in ("name", "version", "required_ruby_version"))
    lines = {key: number for key, (_, number) in fields.items()}
    return Manifest(
        "ruby",
        path,
        name=name,
        version=version,
        version_at=Location(path, lines.get("version", 0)),
        dynamic=not version,
        dependencies=tuple(found),
        claims=(Claim("ruby", ruby, Location(path, lines["required_ruby_version"])),) if ruby else (),
    )


def _literal(field: tuple[str, int] | None) -> str:
    """Return the texts of an assignment that is only texts (`"1.0"`, `[">= 3.0", "< 4"]`, `.freeze`), else nothing."""
    if field is None:
        return ""
    rest = _TEXT.sub("", field[0]).replace("Gem::Requirement.new", "").replace(".freeze", "").strip(" [](),")
    return "" if rest and not rest.startswith("#") else ", ".join(_TEXT.findall(field[0]))
