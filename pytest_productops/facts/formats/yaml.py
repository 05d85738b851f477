"""One safe YAML reader for all: plain values with the line of each, built from parse events.

No object is ever constructed from a tag. Plain scalars follow the YAML 1.2 core schema, so `on`, `yes`,
`1:30` and dates stay strings (https://yaml.org/spec/1.2.2/#103-core-schema); keys are strings always. Depth
and the size that aliases expand to are limited while events arrive, so that a bomb is never built.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any

from pytest_productops.lazy import dataclass, regex

MAX_DEPTH = 100
"""Deepest nesting that is read."""
MAX_NODES = 1_000_000
"""Most nodes that are read, each alias counted as all that it stands for."""
_NUMERIC = frozenset("+-.0123456789")
"""What a number may begin with."""
_INT = regex(r"[-+]?[0-9]{1,100}")
_FLOAT = regex(r"[-+]?(?:\.[0-9]+|[0-9]{1,100}(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_STANDARD = "tag:yaml.org,2002:"
_HARMLESS = frozenset(
    f"{_STANDARD}{name}"
    for name in (
        *("str", "int", "float", "bool", "null", "seq", "map", "set", "omap", "pairs"),
        *("binary", "timestamp", "merge", "value"),
    )
)


class YamlError(ValueError):
    """A text is no YAML that is read here. `str()` names file and line."""

    def __init__(self, message: str, path: str, line: int) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.message = message
        self.path = path
        self.line = line


class TooMuch(YamlError):
    """A text is beyond the limits of what is read here, be it YAML or not."""


class Map(dict[str, Any]):
    """A mapping. `line` is where it begins; `lines` tells where each value is, `keys_at` each key.

    It has a hash, the same for all, so that one may ask whether any value of a document is among some texts.
    """

    def __init__(self, line: int = 0) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}
        self.keys_at: dict[str, int] = {}

    def __hash__(self) -> int:  # type: ignore[override]
        return 1

    def put(self, key: str, value: Any, line: int, key_line: int) -> None:
        """Set a value with its place."""
        self[key] = value
        self.lines[key] = line
        self.keys_at[key] = key_line


class Seq(list[Any]):
    """A sequence. `line` is where it begins, `lines` where each item does. It has a hash as a `Map` has."""

    def __init__(self, line: int = 0) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []

    def __hash__(self) -> int:  # type: ignore[override]
        return 2


@dataclass(frozen=True)
class Tagged:
    """A value under a tag of its format's own (`!reference [...]`, `!Ref x`), inert."""

    tag: str
    value: Any
    line: int = 0


@dataclass(frozen=True)
class Yaml:
    """A document's value, and what is wrong with it though it can be read: (line, message)."""

    value: Any
    problems: tuple[tuple[int, str], ...] = ()


def read(text: str, path: str) -> Yaml:
    """Return the only (or last) document of a text; an empty text is None. Raise `YamlError`."""
    return (read_all(text, path) or (Yaml(None),))[-1]


def read_all(text: str, path: str) -> tuple[Yaml, ...]:
    """Return every document of a text. Raise `YamlError` where it is malformed, too deep or too large."""
    import yaml  # noqa: PLC0415 - slow to import

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(path)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event, type(event).__name__)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(_reason(error), path, mark.line + 1 if mark else 1) from error
    except yaml.reader.ReaderError as error:
        at = error.position if isinstance(error.position, int) else 0
        raise YamlError("holds a character that YAML forbids", path, text.count("\n", 0, at) + 1) from error
    except YamlError:
        raise
    except (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise YamlError(f"is no YAML: {error}"[:200], path, 1) from error
    return tuple(builder.documents)


def _reason(error: Any) -> str:
    return ", ".join(part for part in (error.problem, error.context) if part) or "is no YAML"


@dataclass
class _Open:
    """A collection that is being built."""

    node: Map | Seq
    event: Any
    size: int = 1
    key: str | None = None
    key_line: int = 0
    merges: list[Any] = field(default_factory=list)


class _Builder:
    """Takes parse events and builds documents, counting what they expand to."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.documents: list[Yaml] = []
        self._begin()

    def _begin(self) -> None:
        self.root: Any = None
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Any, int] | None] = {}
        self.problems: list[tuple[int, str]] = []

    def take(self, event: Any, kind: str) -> None:
        """Take one event."""
        line = event.start_mark.line + 1
        if kind == "ScalarEvent":
            value = self._scalar(event, line)
            self._anchor(event, value, 1)
            self._add(value, line + (event.style in ("|", ">")), 1, event.value)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self._start(event, Map(line) if kind[0] == "M" else Seq(line))
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._end()
        elif kind == "AliasEvent":
            self._alias(event.anchor, line)
        elif kind == "DocumentEndEvent":
            self.documents.append(Yaml(self.root, tuple(self.problems)))
            self._begin()

    def _start(self, event: Any, node: Map | Seq) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise TooMuch(f"is nested deeper than {MAX_DEPTH} levels", self.path, node.line)
        self._checked_tag(event.tag, node.line)
        if event.anchor:
            self.anchors[event.anchor] = None
        self.open.append(_Open(node, event))

    def _end(self) -> None:
        done = self.open.pop()
        node: Any = done.node
        if isinstance(node, Map):
            _merge(node, done.merges)
        tag = done.event.tag
        if tag and not tag.startswith(_STANDARD) and tag != "!":
            node = Tagged(tag, node, done.node.line)
        self._anchor(done.event, node, done.size)
        self._add(node, done.node.line, done.size, None)

    def _alias(self, name: str, line: int) -> None:
        if name not in self.anchors:
            raise self._error(f"alias *{name} has no anchor above it", line)
        known = self.anchors[name]
        if known is None:
            raise self._error(f"alias *{name} stands inside what it repeats", line)
        self._add(known[0], line, known[1], known[0] if isinstance(known[0], str) else None)

    def _anchor(self, event: Any, value: Any, size: int) -> None:
        if event.anchor:
            self.anchors[event.anchor] = (value, size)

    def _add(self, value: Any, line: int, size: int, text: str | None) -> None:
        """Put a value where it belongs: the root, an item, a key, or a key's value."""
        if not self.open:
            self.root = value
            return
        top = self.open[-1]
        top.size += size
        if top.size > MAX_NODES:
            raise TooMuch(f"expands to more than {MAX_NODES:,} values", self.path, line)
        if isinstance(top.node, Seq):
            top.node.append(value)
            top.node.lines.append(line)
        elif top.key is None:
            top.key, top.key_line = _key(value, text), line
        else:
            self._pair(top, top.node, value, line)

    def _pair(self, top: _Open, node: Map, value: Any, line: int) -> None:
        key, top.key = top.key or "", None
        if key == "<<":
            top.merges.extend(value if isinstance(value, Seq) else [value])
            return
        if key in node:
            first = node.keys_at[key]
            self.problems.append((top.key_line, f"key `{key}` is written twice, first on line {first}"))
        node.put(key, value, line, top.key_line)

    def _scalar(self, event: Any, line: int) -> Any:
        tag, text = self._checked_tag(event.tag, line), event.value
        if tag in ("", "!"):
            return _plain(text) if event.implicit[0] else text
        if not tag.startswith(_STANDARD):
            return Tagged(tag, text, line)
        return _plain(text) if tag.endswith((":int", ":float", ":bool", ":null")) else text

    def _checked_tag(self, tag: str | None, line: int) -> str:
        if tag and tag.startswith(_STANDARD) and tag not in _HARMLESS:
            raise self._error(f"tag !!{tag[len(_STANDARD) :]} is not read", line)
        return tag or ""

    def _error(self, message: str, line: int) -> YamlError:
        return YamlError(message, self.path, line)


def _key(value: Any, text: str | None) -> str:
    """Return a key as it is written; one that is no scalar as its Python text, cut."""
    return text if text is not None else str(getattr(value, "tag", type(value).__name__))


def _plain(text: str) -> Any:
    """Return what a plain scalar means in the core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC:
        return text
    if _INT.fullmatch(text):
        return text if text.lstrip("-+").startswith("0") and len(text.lstrip("-+")) > 1 else int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _merge(node: Map, sources: list[Any]) -> None:
    """Give a mapping the keys of `<<` sources that it lacks, the first source first."""
    for source in sources:
        for key in source if isinstance(source, Map) else ():
            if key not in node:
                node.put(key, source[key], source.lines[key], source.keys_at[key])


def walk(value: Any) -> Iterator[Any]:
    """Yield a value and all values in it."""
    yield value
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in children:
        yield from walk(child)
    if isinstance(value, Tagged):
        yield from walk(value.value)
