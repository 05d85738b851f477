"""`productops inspect`: an answer with its evidence to each question, for a program and for a person."""

import json

import pytest

from pytest_productops import inspection
from pytest_productops.cli import main
from pytest_productops.inspection.model import VALUES
from pytest_productops.repository import Unavailable
from pytest_productops.testing import lay_out

FILES = {"LICENSE": "Permission is hereby granted, free of charge, to any person obtaining a copy.\n"}


def test_json_holds_every_question(tmp_path, capsys):
    lay_out(FILES, tmp_path)
    assert main(["inspect", str(tmp_path), "--format=json"]) == 0
    answers = json.loads(capsys.readouterr().out)
    assert list(answers) == [question.id for question in inspection.installed()]
    for answer in answers.values():
        assert answer["value"] in VALUES
        assert answer["evidence"], "an answer says why"
        assert all(set(each) == {"path", "line", "note"} for each in answer["evidence"])


def test_a_person_sees_value_and_place(tmp_path, capsys):
    lay_out(FILES, tmp_path)
    assert main(["inspect", str(tmp_path), "--only=licence", "--only=changelog"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "licence    yes"
    assert lines[1].strip().startswith("LICENSE")
    assert lines[2] == "changelog  no"


def test_an_unknown_question(tmp_path, capsys):
    assert main(["inspect", str(tmp_path), "--only=licens"]) == 2
    assert "no question 'licens'\n    did you mean `licence`?" in capsys.readouterr().err


def test_each_question_says_how_it_is_read():
    assert all(question.reading.endswith(".") for question in inspection.installed())


@pytest.mark.parametrize(
    ("error", "note"),
    [(Unavailable("no git"), "no git"), (KeyError("x"), "the inspection crashed: KeyError: 'x'")],
)
def test_what_cannot_be_read_is_unknown(tmp_path, error, note):
    def answer():
        raise error

    question = inspection.Question("x", "", answer, ())
    found = inspection.ask(question, lay_out(FILES, tmp_path))
    assert (found.value, found.evidence[0].note) == ("unknown", note)
