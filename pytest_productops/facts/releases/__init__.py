"""Releases: what was tagged, what the changelogs say of it, how a release is made and by what."""
