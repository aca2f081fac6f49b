"""A web page saved as one file (.mht), as browsers write it."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from govdisclose.formats.container import untrusted
from govdisclose.formats.encodings import decoded
from govdisclose.formats.html import reader
from govdisclose.formats.published import NOT_A_REPORT
from govdisclose.model import limits
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Reading


def loads(data: bytes) -> Reading:
    """The report on a page saved as one file."""
    if len(data) > limits.FILE_BYTES:
        raise Unusable(f"文件超过 {limits.FILE_BYTES // 1_000_000} MB，不像一份年度报告")
    with untrusted(NOT_A_REPORT):
        whole = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
        pages = [page_in(part) for part in whole.walk() if part.get_content_type() == "text/html"]
    if not pages:
        raise Unusable(NOT_A_REPORT)
    return reader.read(max(pages, key=len))


def page_in(part: EmailMessage) -> str:
    """The text of a part."""
    content = part.get_payload(decode=True)
    return decoded(content, part.get_content_charset("")) if isinstance(content, bytes) else ""
