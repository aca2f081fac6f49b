"""What a PDF says: its pages are read in a guarded child, then put together."""

from __future__ import annotations

from importlib.util import find_spec
from typing import cast

from govdisclose.formats import guarded, published
from govdisclose.formats.document import Block
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Reading

MOST_BYTES = 60_000_000
MISSING = "读 PDF 要装 pdfplumber：pip install govdisclose[pdf]；或者请要 Word、Excel 或网页的原件"
DAMAGED = "PDF 已损坏，打不开；请要 Word、Excel 或网页的原件"


def loads(data: bytes) -> Reading:
    """The report in a PDF with a text layer."""
    if len(data) > MOST_BYTES:
        raise Unusable(f"文件超过 {MOST_BYTES // 1_000_000} MB，不像一份年度报告")
    if find_spec("pdfplumber") is None:
        raise Unusable(MISSING)
    try:
        found = guarded.call("govdisclose.formats.pdf.pages:blocks", data)
    except RuntimeError as why:
        raise Unusable(DAMAGED) from why
    return published.read(cast("list[Block]", found))
