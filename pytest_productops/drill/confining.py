"""Confinement by the kernel: the checkout is hidden, and nothing outside the scratch folder can be written.

Linux alone has both: a mount namespace hides a folder, Landlock takes the right to write away
(https://docs.kernel.org/userspace-api/landlock.html). Either may be missing; the caller learns which one holds.
The module is imported by `keeper`, which has nothing but the standard library.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_NO_NEW_PRIVILEGES, _SUBREAPER = 38, 36
_WRITE, _TRUNCATE = 1 << 1, 1 << 14
_CHANGE = _WRITE | sum(1 << bit for bit in range(4, 13))
"""Write into files; remove and make files, folders, links, pipes and devices."""
_REFER = 1 << 13
_SIGNALS = 1 << 1
_WITH_REFER, _WITH_TRUNCATE, _WITH_NET, _WITH_SCOPES = 2, 3, 4, 6
"""The versions of Landlock that brought a right."""
_NEW_MOUNTS, _NEW_USER = 0x00020000, 0x10000000
_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_EXECUTION = 1, 2, 4, 8
_RECURSIVE, _PRIVATE = 16384, 1 << 18


def adopt_orphans() -> bool:
    """Become the parent of descendants whose own parent ends; return whether the system can."""
    return sys.platform == "linux" and not _library().prctl(_SUBREAPER, 1, 0, 0, 0)


def can_confine() -> bool:
    """Whether the kernel has Landlock, switched on."""
    return _version() > 0


def confine(writable: Iterable[str]) -> None:
    """Take from this process and its children the right to write anywhere but in these folders, for good.

    Where the kernel can, signals to processes outside are forbidden too. Raises OSError where it fails.
    """
    version = _version()
    rights = _rights(version)
    size = 8 if version < _WITH_NET else 16 if version < _WITH_SCOPES else 24
    attributes = struct.pack("=QQQ", rights, 0, _SIGNALS if version >= _WITH_SCOPES else 0)[:size]
    ruleset = _checked(_library().syscall(_CREATE_RULESET, attributes, size, 0))
    devices = rights & (_WRITE | _TRUNCATE)
    for folder, allowed in (*((each, rights) for each in (*writable, "/dev/shm")), ("/dev", devices)):  # noqa: S108 - shared memory of tests
        _allow(ruleset, folder, allowed)
    _checked(_library().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _checked(_library().syscall(_RESTRICT_SELF, ruleset, 0))
    os.close(ruleset)


def hide(folder: str) -> bool:
    """Cover a folder with an empty one, for this process and its children alone; return whether that worked."""
    if sys.platform != "linux":
        return False
    user, group = os.getuid(), os.getgid()
    try:
        if user:
            _checked(_library().unshare(_NEW_MOUNTS | _NEW_USER))
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        else:
            _checked(_library().unshare(_NEW_MOUNTS))
        _checked(_library().mount(b"none", b"/", None, _RECURSIVE | _PRIVATE, None))
        flags = _READ_ONLY | _NO_SUID | _NO_DEVICES | _NO_EXECUTION
        _checked(_library().mount(b"none", os.fsencode(folder), b"tmpfs", flags, b"size=4k"))
    except OSError:
        return False
    return True


def _version() -> int:
    if sys.platform != "linux":
        return 0
    return max(0, int(_library().syscall(_CREATE_RULESET, None, 0, 1)))


def _rights(version: int) -> int:
    return (
        _CHANGE | (_REFER if version >= _WITH_REFER else 0) | (_TRUNCATE if version >= _WITH_TRUNCATE else 0)
    )


def _allow(ruleset: int, folder: str, rights: int) -> None:
    if not Path(folder).is_dir():
        return
    descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights, descriptor)
        _checked(_library().syscall(_ADD_RULE, ruleset, 1, rule, 0))
    finally:
        os.close(descriptor)


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(result)
