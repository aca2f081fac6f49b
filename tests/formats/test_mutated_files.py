"""A few mutated files of each format; ``python -m tests.fuzz`` runs thousands."""

import pytest

from tests.fuzz import MUTATORS, made, tried


@pytest.mark.parametrize("suffix", MUTATORS)
def test_a_mutated_file_is_read_or_refused_in_a_sentence(suffix):
    files = list(made(suffix, range(40)))
    if not files:
        pytest.skip("LibreOffice makes the files of this format, and is not here")
    for seed, data in enumerate(files):
        outcome = tried(suffix, data)
        assert not outcome.fault, f"seed {seed}: {outcome.fault}"
