"""Selectors: `ONB003`, `documented-commands-exist`, `ONB` (a family's letters), `onboarding`, or `ALL`."""

from __future__ import annotations

from pytest_productops.catalogue import Catalogue


def matches(selector: str, catalogue: Catalogue) -> set[str]:
    """Return the codes of the rules that a selector names; none where it names nothing."""
    rule = catalogue.get(selector)
    if rule:
        return {rule.code}
    word = selector.upper()
    return {
        rule.code
        for rule in catalogue
        if word in {"ALL", rule.code.rstrip("0123456789"), rule.responsibility.upper()}
    }


def known_selectors(catalogue: Catalogue) -> set[str]:
    """Return every selector that names something."""
    families = {rule.code.rstrip("0123456789") for rule in catalogue}
    return {"ALL", *families, *(rule.responsibility for rule in catalogue), *catalogue.labels}
