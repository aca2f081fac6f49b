"""The JSON Schema of drafts, so that an editor completes and checks them."""

from __future__ import annotations

from dataclasses import fields

from govdisclose.model.figures import UNANSWERED
from govdisclose.model.form import Form, Kind, Line, Table
from govdisclose.model.report import (
    KINDS,
    Acknowledged,
    Bureau,
    Limits,
    Received,
    Signature,
    Unread,
)

Schema = dict[str, object]

TEXT: Schema = {"type": "string"}


def schema(form: Form) -> Schema:
    """The schema of a draft in a form (JSON Schema, draft 2020-12)."""
    tables = {table.key: table_schema(table) for table in form.tables.values()}
    prose = {key: prose_schema(section.label) for key, section in form.prose.items()}
    bureau = {field.name: TEXT for field in fields(Bureau)}
    years = {"type": "integer", "minimum": form.years.start, "maximum": form.years.stop - 1}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{form.title}（{form.notice}）",
        **closed(
            {
                "needs": TEXT,
                "form": {"const": form.key},
                "year": {"anyOf": [years, {"const": UNANSWERED}]},
                "bureau": closed(bureau | {"kind": {"enum": list(KINDS)}}),
                "title": closed({"lines": {"type": "array", "items": TEXT}}),
                "preamble": closed({"text": TEXT}),
                **prose,
                **tables,
                "signature": closed(dict.fromkeys(Signature._fields, TEXT)),
                "last_year": closed(tables),
                "limits": closed({field.name: count() for field in fields(Limits)}),
                "acknowledged": {"type": "array", "items": acknowledged_schema()},
                "received": received_schema(),
            }
        ),
        "required": ["year"],
    }


def closed(properties: dict[str, Schema]) -> Schema:
    """An object that has no other properties."""
    return {"type": "object", "additionalProperties": False, "properties": properties}


def count() -> Schema:
    """A whole number from 0."""
    return {"type": "integer", "minimum": 0}


def prose_schema(label: str) -> Schema:
    """A section in sentences."""
    part = closed({"heading": TEXT, "text": TEXT})
    return {
        "description": label,
        **closed({"lead": TEXT, "parts": {"type": "array", "items": part}}),
    }


def table_schema(table: Table) -> Schema:
    """The rows of a table."""
    return closed({line.row.key: line_schema(table, line) for line in table.lines})


def line_schema(table: Table, line: Line) -> Schema:
    """One row: a figure, or figures with or without the totals beside them."""
    number = count() if table.kind is Kind.COUNT else {"type": "number", "minimum": 0}
    figure: Schema = {"anyOf": [number, {"const": UNANSWERED}]}
    about = {"description": f"{line.name}。{line.row.note}" if line.row.note else line.name}
    if len(line.cells) == 1:
        return about | figure
    sizes = {"minItems": len(table.stated(line)), "maxItems": len(line.cells)}
    row = {"type": "array", "items": figure, **sizes}
    return about | {"anyOf": [row, {"const": UNANSWERED}]}


def received_schema() -> Schema:
    """The file that the draft was made from, and what of it could not be read."""
    texts = dict.fromkeys((f.name for f in fields(Received) if f.name != "unread"), TEXT)
    unread = closed(dict.fromkeys(Unread._fields, TEXT))
    return closed({**texts, "unread": {"type": "array", "items": unread}})


def acknowledged_schema() -> Schema:
    """A warning that has been looked at."""
    texts = dict.fromkeys(Acknowledged._fields, TEXT)
    return closed(texts | {"figures": {"type": "object", "additionalProperties": TEXT}})
