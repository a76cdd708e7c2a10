"""The JSON Schema of ``vobo.report/1``, from the structs that are the contract. ``python -m checker.report.schema`` writes it anew."""

from __future__ import annotations

import ast
import inspect
import json
from pathlib import Path
from typing import Any

import msgspec

from checker import findings
from checker.findings import SCHEMA, Report

FILE = Path("docs/schema/vobo.report-1.schema.json")
"""Where it stands in the repository."""


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12. Every property is always written, so every property is required; later ones may join them."""
    (whole,), parts = msgspec.json.schema_components([Report], schema_hook=_any, ref_template="#/$defs/{name}")
    docs = _docstrings()
    for name, part in parts.items():
        _complete(part, docs.get(name, {}))
    parts["Report"]["properties"]["schema"] = {"const": SCHEMA}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:vobo:report:1",
        "title": SCHEMA,
        **whole,
        "$defs": dict(sorted(parts.items())),
    }


def rendered() -> str:
    """The text of :data:`FILE`."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _any(type_: type) -> dict[str, Any]:
    """The one type that msgspec cannot tell by itself."""
    if type_ is not object:
        raise NotImplementedError
    return {"description": "Text, ISO date, number, list of names or list of rows; null where there is no value."}


def _complete(part: dict[str, Any], docs: dict[str, str]) -> None:
    properties = part["properties"]
    part["required"] = list(properties)
    for name, told in properties.items():
        told.pop("default", None)  # defaults are ours when we build it, not a reader's
        if name in docs:
            told["description"] = docs[name]


def _docstrings() -> dict[str, dict[str, str]]:
    """Struct → field → the docstring below it, which Python itself does not keep."""
    found: dict[str, dict[str, str]] = {}
    for struct in ast.parse(inspect.getsource(findings)).body:
        if isinstance(struct, ast.ClassDef):
            pairs = zip(struct.body, struct.body[1:], strict=False)
            found[struct.name] = {
                field.target.id: inspect.cleandoc(doc.value.value)
                for field, doc in pairs
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
                if isinstance(doc, ast.Expr)
                and isinstance(doc.value, ast.Constant)
                and isinstance(doc.value.value, str)
            }
    return found


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(rendered(), encoding="utf-8")
