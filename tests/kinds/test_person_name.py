"""``person_name``: a name and nothing else."""

from __future__ import annotations

import pytest

from .asking import told


@pytest.mark.parametrize(
    ("written", "fine"),
    [
        ("Rosa Gómez Morales", True),
        ("JUAN PÉREZ LÓPEZ", True),
        ("rosa gómez morales", True),
        ("Lic. María de los Ángeles de la Cruz Ruiz", True),
        ("Rosa", True),
        ("Por haber concluido satisfactoriamente el curso", False),
        ("Instituto Mexicano del Seguro Social", False),
        ("Rosa Gómez Morales por haber concluido", False),
    ],
)
def test_reads_as_a_name(written: str, fine: bool) -> None:
    found = told("person_name", {"field": "nombre"}, {"nombre": "text"}, {"nombre": written})
    assert found == ([] if fine else [("nombre", "undetermined")])
