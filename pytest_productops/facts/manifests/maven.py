"""Maven: pom.xml (https://maven.apache.org/pom.html). Properties of the file itself are put in; a parent's are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats import xml
from pytest_productops.facts.manifests.model import Claim, Dependency, Manifest
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_PROPERTY = regex(r"\$\{([^}]+)\}")
_RELEASE = ("maven.compiler.release", "maven.compiler.source", "java.version", "maven.compiler.target")
_COMPILER = ("release", "source")


def read(files: Files, path: str) -> Manifest:
    """Read pom.xml; raise XmlError where it is none."""
    root = xml.load(files.read(path))
    if root.name != "project":
        raise xml.XmlError("has no <project>", root.line)
    properties = {each.name: each.text.strip() for each in root.all("properties") for each in each.children}
    own = root.first("version")
    version = _put_in(root.get("version"), properties)
    modules = [*root.all("modules", "module"), *root.all("profiles", "profile", "modules", "module")]
    return Manifest(
        "maven",
        path,
        name=":".join(
            filter(None, [root.get("groupId") or root.get("parent", "groupId"), root.get("artifactId")])
        ),
        version="" if "${" in version else version,
        version_at=Location(path, own.line if own else 0),
        dynamic=not version or "${" in version,
        dependencies=tuple(_dependencies(root, path, properties)),
        claims=tuple(_claims(root, path, properties)),
        members=tuple(each.text.strip().removesuffix("/pom.xml") for each in modules),
        workspace=bool(modules),
    )


def _put_in(text: str, properties: Mapping[str, str]) -> str:
    """Put in the properties that the file itself defines, two levels deep."""
    text = text[:500]
    for _ in range(2):
        text = _PROPERTY.sub(lambda match: properties.get(match[1], match[0]), text)[:500]
    return text


def _dependencies(root: xml.Element, path: str, properties: Mapping[str, str]) -> Iterator[Dependency]:
    for each in root.all("dependencies", "dependency"):
        name = f"{each.get('groupId')}:{each.get('artifactId')}"
        scope = each.get("scope")
        group = "" if scope in {"", "compile", "runtime", "provided"} else "dev"
        yield Dependency(name, _put_in(each.get("version"), properties), group, Location(path, each.line))


def _claims(root: xml.Element, path: str, properties: Mapping[str, str]) -> Iterator[Claim]:
    """Yield the Java that the compiler is told to build for: of the plugin, else of the properties."""
    plugins = [
        *root.all("build", "plugins", "plugin"),
        *root.all("build", "pluginManagement", "plugins", "plugin"),
    ]
    for plugin in plugins:
        if plugin.get("artifactId") == "maven-compiler-plugin":
            found = next((e for key in _COMPILER if (e := plugin.first("configuration", key))), None)
            value = _put_in(found.text.strip(), properties) if found else ""
            if found and "${" not in value:
                yield Claim("java", value, Location(path, found.line))
                return
    for key in _RELEASE:
        found = next(iter(root.all("properties", key)), None)
        if found and found.text.strip():
            yield Claim("java", _put_in(found.text.strip(), properties), Location(path, found.line))
            return
