"""Regular expressions that are compiled when first used.

The facts know some 250 of them, a run needs a part, and compiling all took a quarter of the time that
`productops check` takes on a small repository.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


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
