"""Seventy types at once: the longer title wins, types of one name are told by who speaks, and nobody waits for it."""

from __future__ import annotations

import time

import pytest

from checker.recognise.recognise import Candidate, recognise
from parsers.dispatch import read_bytes
from parsers.limits import Limits
from parsers.model import Document
from tests.recognise.layouts import run_in
from tests.recognise.types_at_hand import candidate

_FIELDS = {"fecha": {"kind": "date", "labels": ["fecha"], "required_by": "PV-001"}}
_RISKS = {
    "riesgos": {
        "kind": "table",
        "labels": ["riesgos"],
        "required_by": "PV-001",
        "columns": {"riesgo": {"labels": ["riesgo"]}, "impacto": {"kind": "number", "labels": ["impacto"]}},
    }
}
_MINUTA = {
    "fecha": {"kind": "date", "labels": ["fecha"], "required_by": "PV-001"},
    "asunto": {"kind": "text", "labels": ["asunto"], "required_by": "PV-001"},
    "asistentes": {"kind": "people", "labels": ["asistentes", "participantes"], "required_by": "PV-001"},
}
MANY = [
    candidate(_RISKS, "mapa de riesgos", id="mapa-riesgos"),
    candidate(_RISKS, "matriz única de riesgos operativos", "matriz de riesgos", id="muro"),
    *(candidate(_FIELDS, f"anexo {n}", f"formato {n} de seguimiento", id=f"anexo-{n}") for n in range(1, 7)),
    candidate(_FIELDS, "programa anual de trabajo", id="pat"),
    candidate(_FIELDS, "programa de trabajo", id="programa-de-trabajo"),
    candidate(_FIELDS, "informe", "informe de resultados", id="informe-de-resultados"),
    candidate(_FIELDS, "informe de avance trimestral", id="informe-de-avance"),
    candidate(_MINUTA, "minuta de rtm", id="minuta-rtm"),
    candidate(
        _MINUTA, "minuta de reunión", "minuta", id="minuta-de-reunion", pack="uno", speakers=("CONALEP", "plantel")
    ),
    candidate(
        _MINUTA, "minuta de reunión", "minuta", id="minuta-de-reunion", pack="dos", speakers=("FONACOT", "DEPyR")
    ),
    *(
        candidate(_MINUTA, f"cédula de verificación del proceso {w}", id=f"cedula-{n}")
        for n, w in enumerate(
            "alfa beta gama delta épsilon zeta eta theta iota kappa lambda mi ni xi ómicron pi ro sigma tau ípsilon fi ji psi omega".split()
            + [
                f"de {m} {s}"
                for m in ("compras", "ventas", "riesgos", "personal", "obras")
                for s in ("menores", "mayores", "urgentes", "diferidas", "ajenas", "propias")
            ]
        )
    ),
]


def _read(text: str, name: str = "a.txt") -> Document:
    return read_bytes(text.encode(), name, Limits())


def _told(text: str, **by: str) -> tuple[str | None, str | None]:
    (found,) = recognise(_read(text), MANY, **by)
    return (found.type.id if found.type else None), found.pack


BODY = "Fecha: 3 de marzo de 2026\n"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("MAPA DE RIESGOS\n\nRiesgo\tImpacto\nIncendio\t5", "mapa-riesgos"),
        ("MATRIZ ÚNICA DE RIESGOS OPERATIVOS", "muro"),
        ("Anexo 2", "anexo-2"),
        ("ANEXO No. 5. Calendario", "anexo-5"),
        ("Programa anual de trabajo 2026", "pat"),
        ("Programa de trabajo", "programa-de-trabajo"),
        ("INFORME DE AVANCE TRIMESTRAL", "informe-de-avance"),
        ("Formato de minuta de RTM 03/2026", "minuta-rtm"),
        ("INSTRUCTIVO DE LLENADO DEL ANEXO 2", None),
        ("INSTRUCTIVO DE LLENADO\n\nAnexo 2", None),
        ("Anexo 2\n\nUnidad: X\nÁrea: Y\nTema: Z\nNota: W\nUno\n\nInstructivo de llenado", "anexo-2"),
    ],
)
def test_the_longer_title_wins(title: str, expected: str | None) -> None:
    assert _told(f"{title}\n\n{BODY}")[0] == expected


def test_types_of_one_name_are_told_by_who_speaks() -> None:
    minuta = run_in("")[1]
    assert _told(f"COLEGIO, CONALEP\n{minuta}") == ("minuta-de-reunion", "uno")
    assert _told(f"Instituto FONACOT\n{minuta}") == ("minuta-de-reunion", "dos")
    assert _told(minuta, forced_pack="dos") == ("minuta-de-reunion", "dos")
    assert _told(minuta) == ("minuta-de-reunion", "uno")
    assert _told(f"FONACOT\n{minuta}", forced="minuta-de-reunion") == ("minuta-de-reunion", "dos")


def test_the_runner_up_says_whose_it_is() -> None:
    (found,) = recognise(_read(f"FONACOT\n{run_in('')[1]}"), MANY)
    assert found.runner_up is not None
    assert found.runner_up[0] == "uno#minuta-de-reunion"


def test_the_number_of_types_costs_next_to_nothing() -> None:
    text = (
        f"Minuta de RTM\n\n{BODY}Asunto: Avance\nParticipantes: Laura Méndez Ríos\n\n"
        + "Se revisó el avance de las metas.\n" * 400
    )
    document = _read(text)
    few = [c for c in MANY if c.type.id in ("minuta-rtm", "pat")]
    assert len(MANY) >= 65

    def seconds(known: list[Candidate]) -> float:
        recognise(document, known)
        best = 9.0
        for _ in range(3):
            start = time.perf_counter()
            recognise(document, known)
            best = min(best, time.perf_counter() - start)
        return best

    assert seconds(MANY) < 3 * seconds(few) + 0.01
