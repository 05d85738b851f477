"""GitLab CI: https://docs.gitlab.com/ci/yaml/."""

from __future__ import annotations

from pytest_productops.facts.files import Files
from pytest_productops.facts.pipelines import gitlab
from pytest_productops.facts.pipelines.model import Reading


def read(files: Files) -> Reading:
    """Read the root file and what it includes and triggers."""
    return gitlab.pipelines(files) if gitlab.ROOT in files else Reading()
