"""Surroundings: a scratch folder, a minimal environment, and a Python of its own, as a new machine has them."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pytest_productops.lazy import regex

PREPARING = 180.0
"""Seconds in which a virtual environment has to be there."""
_SYSTEM = regex(r"/(?:usr(?:/local)?/)?s?bin/?\Z")
_VERSION = ("-c", "import platform; print(platform.python_version())")
_KEPT = ("PATH", "LANG", "TERM")
_PYTHONS = ("python3", *(f"python3.{minor}" for minor in (13, 12, 11, 10, 14, 9, 8)))


@contextlib.contextmanager
def scratch(*, keep: bool = False) -> Iterator[Path]:
    """Yield a new folder with a home in it, which is removed at the end unless it is to be kept."""
    folder = Path(tempfile.mkdtemp(prefix="productops-drill-")).resolve()
    try:
        for name in ("home", "tmp", "script"):
            (folder / name).mkdir()
        yield folder
    finally:
        if not keep:
            _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder, read-only ones in it included, such as a cache of modules."""

    def again(function: Any, path: str, _: Any) -> None:
        with contextlib.suppress(OSError):
            for each in (Path(path).parent, Path(path)):
                if not each.is_symlink():
                    each.chmod(stat.S_IRWXU)
            function(path)

    if sys.version_info >= (3, 12):
        shutil.rmtree(folder, onexc=again)
    else:
        shutil.rmtree(folder, onerror=again)
    shutil.rmtree(folder, ignore_errors=True)


def environment(folder: Path, root: Path, passed: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a scratch folder: what every machine has, and the variables that are asked for."""
    home = folder / "home"
    found = {name: given[name] for name in _KEPT if name in given}
    found |= {"HOME": str(home), "TMPDIR": str(folder / "tmp")}
    own = (str(folder / "python" / "bin"), str(home / ".local" / "bin"))
    path = os.pathsep.join([*own, *_path(given.get("PATH", os.defpath), root, given)])
    return found | {name: given[name] for name in passed if name in given} | {"PATH": path}


def alone(path: str) -> str:
    """Return a search path without the Pythons of this machine and what was installed into them.

    Those of the system stay, with all that is beside them.
    """
    folders = path.split(os.pathsep)
    own = (
        f for f in folders if _SYSTEM.match(f) or not any(Path(f, name).exists() for name in ("pip", "pip3"))
    )
    return os.pathsep.join(own)


def there(root: Path) -> Callable[[str], bool]:
    """Return what says whether a newcomer finds a program on this machine."""
    path = alone(os.pathsep.join(_path(os.environ.get("PATH", os.defpath), root, os.environ)))
    return lambda program: shutil.which(program, path=path) is not None


def _path(path: str, root: Path, given: Mapping[str, str]) -> Iterator[str]:
    """Yield the folders of programs that a newcomer has too: not the checkout's, no virtual environment's."""
    active = [given[name] for name in ("VIRTUAL_ENV", "CONDA_PREFIX") if given.get(name)]
    active += [sys.prefix] if sys.prefix != sys.base_prefix else []
    for folder in path.split(os.pathsep):
        inside = any(Path(folder).is_relative_to(each) for each in (str(root), *active))
        if os.path.isabs(folder) and not inside and not (Path(folder).parent / "pyvenv.cfg").exists():  # noqa: PTH117
            yield folder


def python(folder: Path, variables: Mapping[str, str], demanded: str) -> str:
    """Make a fresh Python in the scratch folder, as a container has one, and return its version.

    Without it `pip install` would change this machine. It is one that fits what is demanded, else any; "" where none is
    there.
    """
    found = [
        (program, version)
        for program in _programs(variables)
        if (version := _said([program, *_VERSION], variables))
    ]
    fit = [each for each in found if fits(each[1], demanded)]
    for program, version in fit or found:
        _said([program, "-m", "venv", str(folder / "python")], variables)
        if (folder / "python" / "bin" / "pip").exists():
            return version
        _remove(folder / "python")
    return ""


def _programs(variables: Mapping[str, str]) -> Iterator[str]:
    return filter(None, (shutil.which(name, path=variables["PATH"]) for name in _PYTHONS))


def _said(words: list[str], variables: Mapping[str, str]) -> str:
    try:
        done = subprocess.run(
            words, env=dict(variables), capture_output=True, timeout=PREPARING, check=False, cwd="/"
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if done.returncode else done.stdout.decode(errors="replace").strip()


def fits(version: str, demanded: str) -> bool:
    """Whether a version of Python is what a manifest demands; yes where that cannot be read."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415 - only a drill needs it

    try:
        return SpecifierSet(demanded).contains(version)
    except InvalidSpecifier:
        return True
