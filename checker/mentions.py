"""Whether a submission, or another one of the same check, is of those that a rule speaks of (``when``, ``unless``, ``where``)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from checker.authority.heading import unit_of_heading
from checker.packs.model import Mentions, Role
from checker.packs.pack import Pack
from checker.packs.roles import role_at
from checker.recognise.model import FieldValue, Person, Row, SignatureBlock
from checker.spanish.text import flat, squeeze
from parsers.model import Document


def mentions(asked: Mentions, fields: Mapping[str, FieldValue], pack: Pack, document: Document | None = None) -> bool:
    """Whether one of the words stands in one of the fields, which are labelled so, or one names one of the roles of ``pack``, which asks.

    Where none of the fields is there, the heading of ``document`` may say whose it is.
    """
    values = [fields[name] for name in asked.fields if name in fields]
    if asked.roles:
        if any(_named(value, pack.roles) in asked.roles for value in values):
            return True
        unsaid = document is not None and all(value.state == "absent" for value in values)
        if document is not None and unsaid and unit_of_heading(document, pack) in asked.roles:
            return True
    labels = {flat(word) for word in asked.labelled}
    if any(flat(value.label).strip(" .:-–—") in labels for value in values if value.state != "absent"):
        return True
    text = flat(squeeze(" ".join(_words(value.value, value.text) for value in values)))
    return any(re.search(rf"(?<!\w){re.escape(flat(word))}", text) for word in asked.any)


def _named(value: FieldValue, roles: Mapping[str, Role]) -> str | None:
    found = role_at(value.text, roles) if value.state == "present" else None
    return found.role if found and found.before == 0 else None


def _words(value: object, text: str) -> str:
    """A field's words, all of its items."""
    if not isinstance(value, tuple):
        return text
    return " ".join([text, *(_item_words(item) for item in value)])


def _item_words(item: object) -> str:
    if isinstance(item, Row):
        return " ".join([item.text, *(c.text for c in item.cells.values())])
    if isinstance(item, Person | SignatureBlock):
        return f"{item.name} {item.charge}"
    return item.isoformat() if isinstance(item, dt.date) else str(item)
