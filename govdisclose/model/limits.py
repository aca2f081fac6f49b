"""How much of anything is taken in, each with its reason.

Files come from anybody. What is named here keeps the cost of the worst of them
below 5 seconds and 500 MB, and is far above what any report has needed.
"""

from __future__ import annotations

DRAFT_BYTES = 1_000_000  # a county's longest draft has 60 000 characters
DRAFT_WORK = 4_000_000  # characters parsed anew after slips: a second or two of tomli
DRAFT_SLIPS = 400  # lines mended or left out before a file counts as no draft
DRAFT_DEPTH = 8  # brackets in brackets; a draft has two
KEY_PARTS = 16  # names in a dotted key, at which TOML takes quadratic time; a draft has three
DIGITS = 15  # of a whole number; a figure has 12 at most, and int() is quadratic

SAME_FINDINGS = 20  # of one code in one file; the rest are counted
