"""A norm speaks of submissions and brings their forms; it is none of them."""

from __future__ import annotations

from collections.abc import Callable

from checker.recognise.model import Recognised

CHAPTERS = "1 Base normativa\n\nLey\n\n2 Ámbito de aplicación\n\nObligatorio.\n\n3 Definiciones\n\n3.1 CLIMSS: cursos en línea.\n\n4 Políticas\n\n"
ANNEX = (
    "Otorga la presente constancia a\n\nNombre: Rosa Gómez Morales\n\nCurso: Ofimática básica\n\nDuración: 40 horas\n\n"
    "Fecha: 3 de mayo de 2026\n\nClave 3B13-009-005\n\n"
)


def test_a_norm_with_a_form_as_annex_is_not_its_annex(read: Callable[[str, str], list[Recognised]]) -> None:
    (found,) = read("norma.txt", CHAPTERS + "Anexo 1\n\nConstancia de participación\n\n" + ANNEX)
    assert found.type is None


def test_a_form_with_chapters_of_a_norm_behind_it_is_itself(read: Callable[[str, str], list[Recognised]]) -> None:
    (found,) = read("constancia.txt", "CONSTANCIA DE PARTICIPACIÓN\n\n" + ANNEX + CHAPTERS)
    assert found.type
    assert found.type.id == "constancia"
