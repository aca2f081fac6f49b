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

FILE_BYTES = 20_000_000  # of a published report, pictures and scans included
UNPACKED_BYTES = 100_000_000  # of all parts of a .docx, as they are really inflated
ARCHIVE_PARTS = 2_000  # one with a picture on every page has some hundred
MARKUP = 600_000  # elements and attributes of a document: each costs some 200 bytes, 1 µs
MARKUP_BYTES = 20_000_000  # of one part of a document, or a web page
PAGE_MARKUP = 300_000  # of a web page; one saved by Word has some ten thousand
TAG_ATTRIBUTES = 1_000  # of one element, at which libxml2 takes quadratic time
BLOCKS = 20_000  # paragraphs and tables of a document or a page; a report has some hundred
TABLE_CELLS = 50_000  # of all tables of a document, spans counted; a report has 600
TABLE_DEPTH = 10  # tables in tables of a Word document, whose texts are read once for each
TABLE_SPAN = 200  # columns or rows that a cell covers at most

NAME_BYTES = 200  # of a file's name: most systems take 255, and a suffix and a number come on top
