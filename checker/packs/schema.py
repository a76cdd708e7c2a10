"""The JSON Schema of a pack's files, for editors."""

from __future__ import annotations

from typing import Any

import msgspec

from checker.kinds import CASE_KINDS, KINDS, case_kind, kind
from checker.packs.authority import Authority
from checker.packs.model import DocumentType, Interpretation, Obligation, PackInfo, Role, RuleHead
from checker.packs.procedures import Procedure
from checker.packs.tables import Catalogue, DecisionTable, Register

_FILES: dict[str, Any] = {
    "pack.yaml": PackInfo,
    "roles.yaml": list[Role],
    "obligations.yaml": dict[str, Obligation],
    "interpretations.yaml": list[Interpretation],
    "authority.yaml": Authority,
    "documents/*.yaml": DocumentType,
    "procedures/*.yaml": Procedure,
}


def schema() -> dict[str, Any]:
    """One schema for every file of a pack: ``$defs`` holds what each is, under its name (``roles.yaml``, ``rules/*.yaml``)."""
    shown, components = msgspec.json.schema_components(
        [*_FILES.values(), Catalogue, DecisionTable, Register, RuleHead],
        schema_hook=_anything,
        ref_template="#/$defs/{name}",
    )
    definitions: dict[str, Any] = dict(components)
    head = definitions.pop("RuleHead")
    words: dict[str, Any] = {}
    kinds = {**{name: kind(name).Params for name in KINDS}, **{name: case_kind(name).Params for name in CASE_KINDS}}
    # every kind's struct is called Params, so each is shown in its place, and what it holds under the kind's name
    for name, params in kinds.items():
        (_,), held = msgspec.json.schema_components(
            [params], schema_hook=_anything, ref_template=f"#/$defs/{name}.{{name}}"
        )
        words[name] = held.pop("Params")
        definitions.update({f"{name}.{inner}": shape for inner, shape in held.items()})
    rule = {**head, "title": "Rule", "properties": {**head["properties"], **words}}
    rule["oneOf"] = [{"required": [name]} for name in kinds]
    rule["additionalProperties"] = False
    definitions["Rule"] = rule
    definitions.update(zip(_FILES, shown, strict=False))
    definitions["tables/*.yaml"] = {"anyOf": shown[len(_FILES) : len(_FILES) + 3]}
    definitions["rules/*.yaml"] = {"type": "array", "items": {"$ref": "#/$defs/Rule"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "vobo pack",
        "anyOf": [
            {"$ref": f"#/$defs/{name.replace('/', '~1')}"} for name in (*_FILES, "tables/*.yaml", "rules/*.yaml")
        ],
        "$defs": definitions,
    }


def _anything(kind_of: type) -> dict[str, Any]:
    """Examples hold whatever their field holds; no other type of a pack is open."""
    if kind_of is not object:
        raise NotImplementedError(kind_of)
    return {"description": "as a person would write it"}  # msgspec takes an empty schema for none
