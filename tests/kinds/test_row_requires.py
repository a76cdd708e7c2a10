"""``row_requires``: rows of a kind owe one more column."""

from __future__ import annotations

import pytest

from .asking import answers, told

SPEC = {
    "cursos": {"curso": "text", "tipo": {"kind": "choice", "choices": {"nuevo": [], "vigente": []}}, "registro": "text"}
}
WORDS = {"table": "cursos", "when": {"tipo": ["nuevo"]}, "column": "registro"}


@pytest.mark.parametrize(
    ("kind", "owed", "outcome"),
    [
        ("nuevo", "S-14", None),
        ("nuevo", "", "violated"),
        ("vigente", "", None),
        ("especial", "", "undetermined"),
        ("especial", "S-14", None),
        ("", "", None),
    ],
)
def test_what_a_row_owes(kind: str, owed: str, outcome: str | None) -> None:
    row = {"curso": "Soldadura", "tipo": kind, "registro": owed}
    expected = [("cursos[1].registro", outcome)] if outcome else []
    assert told("row_requires", WORDS, SPEC, {"cursos": [row]}) == expected


def test_a_row_of_unknown_kind_is_named_by_its_words() -> None:
    rows = {"cursos": [{"curso": "Soldadura", "tipo": "especial"}]}
    (finding,) = answers("row_requires", WORDS, SPEC, rows)
    assert finding.message == "No se pudo determinar si el curso 1 («Soldadura», especial) debe señalar «Registro»."
