"""XML, read safely."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.formats import xml


def test_elements_and_lines():
    root = xml.load(
        '<?xml version="1.0" encoding="latin-1"?>\n<a xmlns="urn:x">\n <b>one</b>\n <b>two é</b></a>'
    )
    assert [each.text for each in root.all("b")] == ["one", "two é"]
    assert (root.get("b"), root.get("c"), root.first("b").line) == ("one", "", 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<a>",
        "no xml",
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "<a>&undefined;</a>",
        "<a>" * 400,
    ],
)
def test_refused(text):
    with pytest.raises(xml.XmlError):
        xml.load(text)


@given(st.text(alphabet="<>/a&; !?\"'=\n", max_size=60))
def test_never_raises_otherwise(text):
    with contextlib.suppress(xml.XmlError):
        xml.load(text)
