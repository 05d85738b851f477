"""The built-in rule pack: one folder a responsibility, one file a rule. It imports the public API alone."""

from pytest_productops.api import Rule, hookimpl, rules_in


@hookimpl
def productops_rules() -> tuple[Rule, ...]:
    """Return every rule of this pack."""
    return rules_in(__name__)
