"""What a repository is mostly written in, as far as types are concerned, by the sizes of its own source files."""

from __future__ import annotations

import os
from collections.abc import Mapping

from pytest_productops.facts.files import Files, own_words
from pytest_productops.lazy import regex

_LANGUAGES = """
Go: go
Rust: rs
Java: java
Kotlin: kt kts
Scala: scala
C: c h
C++: cc cpp cxx hpp hh hxx
C#: cs
F#: fs
Swift: swift
Objective-C: m mm
Haskell: hs
OCaml: ml mli
Zig: zig
Dart: dart
Crystal: cr
Nim: nim
Elm: elm
Gleam: gleam
Python: py pyi
Ruby: rb
PHP: php
Elixir: ex exs
Erlang: erl hrl
JavaScript: js jsx mjs cjs
TypeScript: ts tsx mts cts vue svelte
Shell: sh bash zsh
Lua: lua
Perl: pl pm
R: r
Clojure: clj cljs cljc
Julia: jl
"""
_OF: Mapping[str, str] = {
    suffix: name
    for name, _, suffixes in (line.partition(": ") for line in _LANGUAGES.strip().splitlines())
    for suffix in suffixes.split()
}
_COMPILED = """
Go Rust Java Kotlin Scala C C++ C# F# Swift Objective-C Haskell OCaml Zig Dart Crystal Nim Elm Gleam
"""
COMPILED = frozenset(_COMPILED.split())
"""Languages whose compiler checks types."""
_ASIDE = regex(
    r"^(?:docs?|documentation|examples?|samples?|dist|site|website|benchmarks?)/|(?:^|/)(?:dist|public|static|assets|generated|migrations)/|\.min\.|\.d\.ts$|\.bundle\."
)


def sizes(files: Files) -> dict[str, int]:
    """Return the bytes of each language, the largest first; what is generated, shown or vendored is left out."""
    found: dict[str, int] = {}
    for path in files:
        language = _OF.get(path.rpartition(".")[2].lower())
        if language and own_words(path) and not _ASIDE.search(path):
            try:
                size = os.lstat(files.root / path).st_size
            except (OSError, ValueError):
                continue
            found[language] = found.get(language, 0) + min(size, 200_000)
    return dict(sorted(found.items(), key=lambda one: -one[1]))
