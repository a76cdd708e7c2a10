"""The whole path, over every file of the corpus."""

from __future__ import annotations

import shutil

import pytest

from checker.check import check
from checker.options import Options
from tests import corpus

NEEDS = {"digitalizad": "tesseract", "bad/legacy.doc": "soffice"}


@pytest.mark.parametrize("file", corpus.files())
def test_answers_as_expected(file: str) -> None:
    for part, tool in NEEDS.items():
        if part in file and shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    results = corpus.submissions([c.result for c in check([corpus.FIXTURES / file], Options())])
    entries = corpus.entries(file)
    assert len(results) == len(entries), [(r.path, r.type, r.reason) for r in results]
    for entry, result in zip(entries, results, strict=True):
        wrong = corpus.differences(entry, result)
        assert not wrong, f"{result.path} ({entry['note']}):\n" + "\n".join(wrong)


def test_covers_what_it_promises() -> None:
    minutas = [e for e in corpus.expected().values() if e["type"] == "minuta-de-reunion"]
    plans = [e for e in corpus.expected().values() if e["type"] == "plan-anual-de-difusion"]
    assert len(minutas) >= 35
    assert len(plans) >= 25
    fired = {rule for e in corpus.expected().values() for rule, _ in e["violated"]}
    assert {r.removeprefix("PV-040.") for r in fired if r.startswith("PV-040")} == {
        *("fecha", "asunto", "asistentes", "orden-del-dia", "acuerdos", "responsable"),
        *("fechas-compromiso", "firmas", "compromiso-posterior"),
    }
    assert {r.removeprefix("PV-008.") for r in fired if r.startswith("PV-008")} == {
        "cursos",
        "plataforma",
        "medios",
        "fechas",
        "anio",
    }
