"""No text makes a parser raise anything but its own error; `--hypothesis-profile=long` tries very many texts."""

import contextlib
import warnings

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from parsers import MARKS, PARSERS, PATHS, vocabulary

from pytest_productops.catalogue import installed
from pytest_productops.gate import Gate
from pytest_productops.model import Outcome
from pytest_productops.policy.problems import ConfigurationError
from pytest_productops.policy.settings import Options, read

LONG = profile.get_current_profile_name() == "long"


def texts(words):
    return st.lists(st.sampled_from([*words, *MARKS]), max_size=40).map("".join) | st.text(max_size=60)


@pytest.mark.parametrize("name", PARSERS)
def test_a_parser(name):
    parse, words, own = PARSERS[name]

    @profile(max_examples=20_000 if LONG else 40, deadline=None)
    @given(texts(words))
    def raises_nothing_else(text):
        with warnings.catch_warnings(), contextlib.suppress(own or ()):
            warnings.simplefilter("ignore")
            parse(text)

    raises_nothing_else()


@profile(
    max_examples=3_000 if LONG else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(
        st.sampled_from(PATHS).flatmap(lambda path: st.tuples(st.just(path), texts(vocabulary(path)))),
        min_size=4,
        max_size=12,
    )
)
def test_all_rules_over_a_repository_of_such_texts(tmp_path_factory, files):
    root = tmp_path_factory.mktemp("fuzzed")
    for path, text in files:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        settings = read(root, installed(root), [Options("--", {"select": "ALL", "now": "2026-11-22"})])
    except ConfigurationError:  # a pyproject.toml that is no TOML, which every face tells
        return
    gate = Gate(root, settings)
    crashed = {v.rule.code: v.traceback for v in gate.verdicts(gate.rules) if v.outcome is Outcome.ERROR}
    assert not crashed, (files, crashed)
