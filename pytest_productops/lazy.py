"""What is made when it is first used: regular expressions, and the methods of dataclasses.

The facts know some 600 expressions and 150 dataclasses, and a run needs a part. Compiling an expression takes some
0.4 ms, and so do the methods of a dataclass, twice; both together took half the time that `productops check`
takes on a small repository.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any, AnyStr, TypeVar, cast

__all__ = ["dataclass", "finish", "regex"]
C = TypeVar("C", bound=type)
_unfinished: dict[type, dict[str, Any]] = {}
"""Dataclass -> its options, until its methods are made."""


class _Lazy:
    """Stands for a compiled expression, and becomes it at the first use."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled: re.Pattern[Any] = re.compile(*self._source)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns, without compiling yet. A wrong expression raises re.error at its first use."""
    return cast("re.Pattern[AnyStr]", _Lazy(text, flags))


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, **options):
        """Decorate as `dataclasses.dataclass` does; the methods are made with the first instance."""
        return _postponed(cls, {}) if cls else lambda cls: _postponed(cls, options)


def _postponed(cls: C, options: dict[str, Any]) -> C:
    """Give a class an `__init__` that makes its methods, and gives way to the one that is made."""

    def __init__(self: Any, *args: Any, **given: Any) -> None:  # noqa: N807
        finish(cls)
        cls.__init__(self, *args, **given)  # type: ignore[misc]

    _unfinished[cls] = options
    cls.__init__ = __init__  # type: ignore[misc]
    return cls


def finish(cls: type) -> None:
    """Make the methods of a class, if they are not made yet, after those of its bases, on which they build."""
    for each in reversed(cls.__mro__):
        options = _unfinished.pop(each, None)
        if options is not None:
            del each.__init__  # type: ignore[misc]
            dataclasses.dataclass(**options)(each)
