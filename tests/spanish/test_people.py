"""Names are told from offices, in every form of attendance list."""

import pytest

from checker.spanish.people import bare_name, find_people, is_charge, is_name, names_within

LAURA, JORGE, ANA = "Laura Méndez Ríos", "Jorge Salas Pérez", "Ana de la Cruz Ortiz"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LAURA}, Titular de División; {JORGE}, TJAP", [(LAURA, "Titular de División"), (JORGE, "TJAP")]),
        (
            f"Lic. {LAURA} (Titular de División), Ing. {JORGE} (TJAP) y Mtra. {ANA}",
            [(LAURA, "Titular de División"), (JORGE, "TJAP"), (ANA, "")],
        ),
        (f"{LAURA}\nTitular de División\n{JORGE}\nTJAP", [(LAURA, "Titular de División"), (JORGE, "TJAP")]),
        (f"1. {LAURA} – Titular\n2. {JORGE} – Jefe de Oficina", [(LAURA, "Titular"), (JORGE, "Jefe de Oficina")]),
        (f"{LAURA}, {JORGE} y {ANA}", [(LAURA, ""), (JORGE, ""), (ANA, "")]),
        (f"{LAURA.upper()}    {JORGE.upper()}", [(LAURA.upper(), ""), (JORGE.upper(), "")]),
        ("Titular de División; TJAP", [("Titular de División", "Titular de División"), ("TJAP", "TJAP")]),
        ("Ver lista anexa", []),
        ("________", []),
    ],
)
def test_attendance_lists(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(p.name, p.charge) for p in find_people(text)] == expected


@pytest.mark.parametrize("text", [LAURA, "MARÍA DEL CARMEN LÓPEZ", "Lic. Méndez", "C. Juan Pérez", "Rosa M. Ruiz", ANA])
def test_names(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "Orden del Día",
        "Lista de Asistencia",
        "Sala de Juntas",
        "Titular de División",
        "Programas Virtuales",
        "Laura",
        "se acuerda enviar",
        "La Reunión",
    ],
)
def test_other_words_are_no_names(text: str) -> None:
    assert not is_name(text)


def test_charges_and_titles() -> None:
    assert is_charge("Persona Titular de la Jefatura del Área de Producción")
    assert not is_charge(LAURA)
    assert bare_name(f"Mtro. en C. {JORGE}") == JORGE


def test_names_within_a_sentence() -> None:
    assert names_within(f"El Ing. {JORGE} y la Lic. {LAURA} elaborarán la Planeación Anual.") == [JORGE, LAURA]
