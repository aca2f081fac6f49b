"""Other ways to print the same report, each as its library is usually used."""

from collections.abc import Callable
from io import BytesIO

import docx
from docxtpl import DocxTemplate

from govdisclose.formats import word
from govdisclose.formats.container import packed, unpacked
from govdisclose.model.figures import shown
from govdisclose.model.front_matter import preamble, title
from govdisclose.model.grid import Grid, filled
from govdisclose.model.report import Report
from govdisclose.model.text import paragraphs

Way = Callable[[], bytes]


def ours(report: Report) -> Way:
    """The report through ``word.dumps``."""
    return lambda: word.dumps(report)


def floor(report: Report) -> Way:
    """The same XML as strings, zipped."""
    parts = {name: part.decode() for name, part in unpacked(word.dumps(report)).items()}
    return lambda: packed({name: part.encode() for name, part in parts.items()})


def cell_by_cell(report: Report) -> Way:
    """python-docx through ``table.cell()``, ``merge`` and ``text``."""

    def way() -> bytes:
        document = docx.Document()
        for line in (*title(report), *paragraphs(preamble(report))):
            document.add_paragraph(line)
        for section in report.form.sections:
            document.add_heading(section.label, 1)
            if section.tables:
                add_table(document, filled(section, report))
            else:
                add_prose(document, report, section.key)
        return saved(document)

    return way


def add_table(document, grid: Grid) -> None:
    table = document.add_table(grid.height, grid.width)
    for cell in grid.cells:
        first = table.cell(cell.row, cell.column)
        if cell.width > 1 or cell.height > 1:
            last = table.cell(cell.row + cell.height - 1, cell.column + cell.width - 1)
            first = first.merge(last)
        first.text = cell.text


def add_prose(document, report: Report, key: str) -> None:
    prose = report.prose[key]
    for text in paragraphs(prose.lead):
        document.add_paragraph(text)
    for part in prose.parts:
        document.add_heading(part.heading, 2)
        for text in paragraphs(part.text):
            document.add_paragraph(text)


def with_docxtpl(report: Report) -> Way:
    """docxtpl with a template that has a placeholder for each figure and text."""
    template, values = template_of(report)

    def way() -> bytes:
        document = DocxTemplate(BytesIO(template))
        document.render(values)
        return saved(document)

    return way


def template_of(report: Report) -> tuple[bytes, dict[str, str]]:
    """Our document with a placeholder for each figure and paragraph, and its values."""
    addresses = {address: f"f{n}" for n, address in enumerate(report.form.addresses)}
    values = {name: shown(report.figures.get(a)) for a, name in addresses.items()}
    parts = unpacked(word.dumps(report))
    xml = parts["word/document.xml"].decode()
    for section in report.form.sections:
        for cell in filled(section, report).cells if section.tables else ():
            if cell.address:
                figure = f"<w:t>{cell.text}</w:t>"
                xml = xml.replace(figure, f"<w:t>{{{{ {addresses[cell.address]} }}}}</w:t>", 1)
    texts = [text for prose in report.prose.values() for text in paragraphs(prose.lead)]
    for number, text in enumerate(dict.fromkeys(texts)):
        values[f"t{number}"] = text
        xml = xml.replace(f">{text}<", f">{{{{ t{number} }}}}<", 1)
    return packed({**parts, "word/document.xml": xml.encode()}), values


def saved(document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


WAYS: dict[str, Callable[[Report], Way]] = {
    "floor: the same XML as strings, zipped": floor,
    "govdisclose": ours,
    "docxtpl": with_docxtpl,
    "python-docx, cell by cell": cell_by_cell,
}
