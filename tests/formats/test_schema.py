import tomllib

import jsonschema
import pytest
from hypothesis import given, settings

from govdisclose.formats import draft
from govdisclose.formats.draft.schema import schema
from govdisclose.model.notices import NEWEST
from govdisclose.model.report import Report
from tests.support.cli import SAMPLES
from tests.support.strategies import reports

VALIDATOR = jsonschema.Draft202012Validator(schema(NEWEST))


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(schema(NEWEST))


@given(reports())
@settings(max_examples=30, deadline=None)
def test_every_draft_that_is_written_is_valid(report: Report):
    VALIDATOR.validate(tomllib.loads(draft.dumps(report)))


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.toml")), ids=lambda path: path.stem)
def test_samples_are_valid(path):
    VALIDATOR.validate(tomllib.loads(path.read_text("utf-8")))


@pytest.mark.parametrize(
    "text",
    [
        "year = 2019",
        "year = 2024\nfee = 1",
        "year = 2024\n[applications]\nreceived = [1, 2]",
        "year = 2024\n[applications]\nreceived = [-1, 0, 0, 0, 0, 0]",
        "year = 2024\n[applications]\nreceived = [1.5, 0, 0, 0, 0, 0]",
        'year = 2024\n[bureau]\nkind = "局"',
    ],
)
def test_what_a_draft_must_not_hold_is_invalid(text):
    assert not VALIDATOR.is_valid(tomllib.loads(text))
