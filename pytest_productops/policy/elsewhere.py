"""A policy that is not installed: in a TOML file or a wheel outside the repository."""

from __future__ import annotations

import importlib.metadata
import zipfile
from pathlib import Path

from pytest_productops.policy.extends import DEFAULT_FILE, GROUP, Shared, shared
from pytest_productops.policy.problems import ConfigurationError, Problem


def from_anywhere(path: Path, name: str = "") -> Shared:
    """Return the policy in a TOML file or a wheel outside the repository, under the name of one that it replaces."""
    try:
        if path.suffix == ".whl":
            return _in_wheel(path, name)
        return shared(name or path.name, str(path), "", path.read_text("utf-8"))
    except (OSError, ValueError, KeyError, StopIteration, zipfile.BadZipFile) as error:
        raise ConfigurationError([Problem(str(path), 0, f"no policy can be read there: {error}")]) from error


def _in_wheel(path: Path, name: str) -> Shared:
    """Read the policy of a wheel (https://packaging.python.org/en/latest/specifications/binary-distribution-format/)."""
    with zipfile.ZipFile(path) as wheel:
        info = next(each for each in zipfile.Path(wheel).iterdir() if each.name.endswith(".dist-info"))
        distribution = importlib.metadata.PathDistribution(info)
        points = {point.name: point for point in distribution.entry_points if point.group == GROUP}
        point = points.get(name or next(iter(points), ""))
        if point is None:
            wanted = f"policy `{name}`" if name else "policy"
            held = f"; it holds: {', '.join(sorted(points))}" if points else ""
            raise ConfigurationError([Problem(str(path), 0, f"{path.name} holds no {wanted}{held}")])
        text = wheel.read(f"{point.module.replace('.', '/')}/{point.attr or DEFAULT_FILE}").decode()
        version = distribution.version
    return shared(point.name, f"{point.name} {version}", version, text)
