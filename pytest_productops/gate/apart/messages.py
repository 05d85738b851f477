"""What crosses between the two processes: pickles in which a rule is its code, so that no function is ever sent."""

from __future__ import annotations

import copyreg
import io
import os
import pickle
import select
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from pytest_productops.lazy import finish
from pytest_productops.model import Rule

LENGTH = 8
"""Bytes that say how long a message is."""
_CHUNK = 2**20
Find = Callable[[str], Rule]
"""Gives the rule of a code."""


class Ended(Exception):
    """The other side is gone."""


class TooSlow(Exception):
    """The other side did not take a message, or did not answer, within its time."""


def _of_table(table: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return _table, (dict(table),)


def _table(entries: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(entries)  # the class itself has no name to be found by


class _Pickler(pickle.Pickler):
    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self.dispatch_table = {**copyreg.dispatch_table, MappingProxyType: _of_table}

    def persistent_id(self, value: Any) -> str | None:
        return value.code if isinstance(value, Rule) else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, find: Find) -> None:
        super().__init__(stream)
        self._find = find

    def persistent_load(self, code: str) -> Rule:
        return self._find(code)

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name)
        if isinstance(found, type):
            finish(found)  # nobody may have made one here yet
        return found


def packed(message: Any) -> bytes:
    """Return a message as bytes, its length first."""
    stream = io.BytesIO(bytes(LENGTH))
    stream.seek(LENGTH)
    _Pickler(stream).dump(message)
    data = stream.getbuffer()
    data[:LENGTH] = (len(data) - LENGTH).to_bytes(LENGTH, "big")
    return bytes(data)


def unpacked(data: bytes, find: Find) -> Any:
    """Return the message in the bytes behind its length."""
    return _Unpickler(io.BytesIO(data), find).load()  # the other side is this very program


def put(pipe: int, data: bytes, wait: Callable[[], float]) -> None:
    """Write all to a pipe that does not block; raise `Ended` or what `wait` raises, which says how long to wait."""
    rest = memoryview(data)
    while rest:
        _, ready, _ = select.select([], [pipe], [], wait())
        try:
            rest = rest[os.write(pipe, rest[:_CHUNK]) :] if ready else rest
        except BlockingIOError:
            continue
        except OSError as error:
            raise Ended from error


def get(pipe: int, wait: Callable[[], float]) -> bytes:
    """Read one message; raise `Ended` where none comes any more, or what `wait` raises."""
    return _exactly(pipe, int.from_bytes(_exactly(pipe, LENGTH, wait), "big"), wait)


def _exactly(pipe: int, length: int, wait: Callable[[], float]) -> bytes:
    found = bytearray()
    while len(found) < length:
        ready, _, _ = select.select([pipe], [], [], wait())
        if ready:
            chunk = os.read(pipe, min(_CHUNK, length - len(found)))
            if not chunk:
                raise Ended
            found += chunk
    return bytes(found)
