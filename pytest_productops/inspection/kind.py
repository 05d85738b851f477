"""What kind of product a repository makes, and so which profile fits it: a proposal with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.licence import Licence
from pytest_productops.facts.manifests import Manifests
from pytest_productops.facts.operations.environments import Environments
from pytest_productops.facts.product import Product
from pytest_productops.facts.product.signs import ELSE, Sign, Tree, deployed, packaged, published
from pytest_productops.facts.product.words import DOCKERFILE
from pytest_productops.facts.releases.publishing import Publishing
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Repository
from pytest_productops.text import clean

SURE = 4
"""Weight of the signs that is enough where nothing shows how it is deployed or published."""
SHOWN = 3
"""Most reasons that are given."""
_CLOSED = regex(
    r"(?i)\bproprietary\b|\bconfidential\b|\ball rights reserved\b(?![\s\S]*\bpermission is hereby granted\b)"
    r"|\bfor internal use\b"
)
_OPEN = regex(
    r"(?i)permission is hereby granted|redistribution and use|licensed under|general public licen[cs]e"
    r"|apache licen[cs]e|mozilla public|permission to use, copy"
)


@dataclass(frozen=True)
class Proposal:
    """A profile, and what speaks for it; `sure` is false where little does."""

    profile: str
    reasons: tuple[str, ...]
    sure: bool = True


def proposed(repository: Repository) -> Proposal:
    """Return the profile that fits; `default` where the signs do not say which."""
    product, licence, tree = repository[Product], repository[Licence], Tree(repository[Files])
    if product.kind == "service":
        return _service(product, deployed(tree, repository[Environments]))
    internal = tuple(_internal(repository, licence))
    packed = [*filter(_against, [*published(repository[Publishing]), *packaged(tree)])]
    reasons = _told([*packed, *filter(_against, product.signs)])
    if internal:
        return Proposal("internal-product", (*internal, *reasons)[:SHOWN])
    if product.kind == "package" and licence.texts and (packed or product.weight <= -SURE):
        return Proposal("oss-library", (*reasons[: SHOWN - 1], f"a licence ({licence.texts[0]})"))
    return Proposal("default", reasons, sure=False)


def _against(sign: Sign) -> bool:
    """Whether a sign speaks against a service."""
    return sign.weight < 0


def _service(product: Product, ready: Iterable[Sign]) -> Proposal:
    """A Dockerfile alone deploys nothing: it takes what brings the product into an environment, or many signs."""
    from_here = [sign for sign in ready if sign.weight > 1 and not DOCKERFILE.match(sign.location.path)]
    reasons = _told([*from_here, *(sign for sign in product.signs if sign.weight > 0)])
    if from_here or product.weight >= SURE:
        return Proposal("service", reasons)
    return Proposal("default", (*reasons[: SHOWN - 1], "nothing here deploys it"), sure=False)


def _internal(repository: Repository, licence: Licence) -> Iterator[str]:
    """Yield what says that it is for its own people alone."""
    for location in licence.texts[:1]:
        text = _text(repository, location)
        if _CLOSED.search(text) and not _OPEN.search(text):
            yield f"its licence keeps it private ({location})"
    if licence.texts:
        return
    manifests = [each for each in repository[Manifests].product if not each.problem]
    if manifests:
        yield "no licence lets others use it"
    named = (each.path for each in manifests if each.private and each.name)
    yield from (f"its manifest says that it is never published ({path})" for path in islice(named, 1))


def _text(repository: Repository, location: Location) -> str:
    try:
        return repository[Files].read(location.path)
    except Unreadable:
        return ""


def _told(signs: Iterable[Sign]) -> tuple[str, ...]:
    """Return signs as words, the first ones, each once."""
    words = dict.fromkeys(clean(f"{sign.note} ({sign.location})") for sign in signs if sign.note != ELSE)
    return tuple(islice(words, SHOWN))
