"""What is there, as a careful reader would say it: an answer with its evidence to each of 32 questions.

Rules judge whether it is enough; an inspection says what was found, and is how a verdict is disputed.
"""

from __future__ import annotations

import importlib
import pkgutil
import warnings
from collections.abc import Callable, Iterator

from pytest_productops.declaration import signature
from pytest_productops.inspection import questions
from pytest_productops.inspection.model import Answer, note
from pytest_productops.lazy import dataclass
from pytest_productops.repository import Fact, Repository, Unavailable

__all__ = ["Answer", "Question", "ask", "inspect", "installed"]


@dataclass(frozen=True)
class Question:
    """A question: its id, how it is read, and the function from facts to an answer."""

    id: str
    reading: str
    answer: Callable[..., Answer]
    needs: tuple[type[Fact], ...]


def installed() -> Iterator[Question]:
    """Yield every question, by id."""
    for module in sorted(pkgutil.iter_modules(questions.__path__), key=lambda each: each.name):
        found = importlib.import_module(f"{questions.__name__}.{module.name}")
        needs, _ = signature(found.answer, found.__name__)
        yield Question(module.name.replace("_", "-"), (found.__doc__ or "").strip(), found.answer, needs)


def inspect(repository: Repository) -> dict[str, Answer]:
    """Answer every question."""
    return {question.id: ask(question, repository) for question in installed()}


def ask(question: Question, repository: Repository) -> Answer:
    """Answer one question; what cannot be read makes it unknown, and never ends the others."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return question.answer(*(repository[fact] for fact in question.needs))
        except Unavailable as reason:
            return Answer("unknown", (note(str(reason)),))
        except Exception as error:  # noqa: BLE001 - a question that crashes is unknown, with its reason
            return Answer("unknown", (note(f"the inspection crashed: {type(error).__name__}: {error}"),))
