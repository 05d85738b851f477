"""Aliases of .cargo/config.toml, xtask among them: https://doc.rust-lang.org/cargo/reference/config.html#alias."""

from __future__ import annotations

from pytest_productops.facts.commands.model import Call, Definition, Line, Target
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of
from pytest_productops.facts.commands.toml import load, table
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.model import Location

_OWN_WORDS = """
add b bench build c check clean clippy config d doc fetch fix fmt generate-lockfile git-checkout help info init install
locate-project login logout metadata miri new nextest owner package pkgid publish r read-manifest remove report rm run
rustc rustdoc search t test tree uninstall update vendor verify-project version yank
"""
_OWN = frozenset(_OWN_WORDS.split())


class Cargo(Runner):
    """cargo, as far as a project's own aliases go."""

    name = "cargo"
    kind = "cargo alias"
    needs = ".cargo/config.toml"
    names = ("config.toml", "config")
    upward = True

    def files(self, files: Files) -> tuple[str, ...]:
        """Return the paths of its files."""
        ends = (".cargo/config.toml", ".cargo/config")
        return tuple(
            one for one in files if one.endswith(ends) and f"/{one}".endswith(tuple(f"/{e}" for e in ends))
        )

    def home(self, path: str) -> str:
        """Return the folder that a file is for."""
        return folder_of(folder_of(path))

    def read(self, files: Files, path: str) -> Definition | None:
        """Read a file; None where it holds no aliases."""
        folder = self.home(path)
        try:
            text = files.read(path)
            aliases = table(load(text), "alias")
        except (Unreadable, ValueError) as error:
            return Definition(path, folder, open=True, problem=f"{path}: {error}")
        found = []
        for name, value in aliases.items():
            words = value if isinstance(value, list) else [value]
            command = " ".join(word for word in words if isinstance(word, str))
            number = next(
                (n for n, line in enumerate(text.split("\n"), 1) if line.strip().startswith(name)), 0
            )
            place = Location(path, number)
            found.append(Target(self.name, name, place, (Line(f"cargo {command}", place),), folder=folder))
        return Definition(path, folder, tuple(found)) if found else None

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's or cargo's own."""
        if call.words[0] != "cargo":
            return None
        name = next((word for word in call.words[1:] if not word.startswith(("-", "+"))), "")
        return Ask((name,), call.folder, unsure=True) if name and name not in _OWN else None
