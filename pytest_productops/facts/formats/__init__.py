"""Formats: readers of TOML, YAML, JSON5, XML and the like that know their lines; nothing is executed."""
