"""Locks: what is locked to exact versions, and whether a lock file still fits its manifest."""

from pytest_productops.facts.locks.found import Locks, Pinned

__all__ = ["Locks", "Pinned"]
