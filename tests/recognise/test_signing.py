"""Who signs, where the mark stands beside or below the name."""

from __future__ import annotations

import pytest

from checker.recognise.model import SignatureBlock
from tests.recognise.types_at_hand import candidate, read_one

KIND = candidate({"firma": {"kind": "signatures", "labels": ["firma"], "required_by": "PV-001"}})


@pytest.mark.parametrize(
    ("lines", "mark"),
    [
        ("Jorge Salas Pérez, Jefe del Área de Producción (rúbrica)", "text"),
        ("Jorge Salas Pérez\n\nJefe del Área de Producción\n\n(Rúbrica)", "text"),
        ("Jorge Salas Pérez\n\nJefe del Área de Producción\n\n(firma)", "line"),
        ("______________\n\n(firma)\n\nJorge Salas Pérez\n\nJefe del Área de Producción", "line"),
    ],
)
@pytest.mark.parametrize("label", ["", "## Firma\n\n"])
def test_name_charge_and_mark(lines: str, mark: str, label: str) -> None:
    value = read_one(KIND, "t.md", f"# Cédula de prueba\n\nTexto de la cédula.\n\n{label}{lines}\n").fields["firma"]
    assert isinstance(value.value, tuple)
    blocks = [b for b in value.value if isinstance(b, SignatureBlock)]
    assert [(b.name, b.charge, b.mark) for b in blocks] == [("Jorge Salas Pérez", "Jefe del Área de Producción", mark)]


def test_two_captions_are_two_people() -> None:
    text = "# Cédula de prueba\n\nAna Ruiz Gil\n\nJefa de Oficina\n\n(firma)\n\nJorge Salas Pérez\n\nJefe de Área\n\n(firma)\n"
    value = read_one(KIND, "t.md", text).fields["firma"].value
    assert isinstance(value, tuple)
    blocks = [b for b in value if isinstance(b, SignatureBlock)]
    assert [(b.name, b.charge) for b in blocks] == [
        ("Ana Ruiz Gil", "Jefa de Oficina"),
        ("Jorge Salas Pérez", "Jefe de Área"),
    ]
