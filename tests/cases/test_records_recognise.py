"""Telling case records from documents."""

from __future__ import annotations

import gzip
import time

import pytest

from parsers.cases.recognise import is_case_record


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("# nota\ncase: A\nprocedure: p\nevents:\n  - activity: 1\n", "caso.yaml"),
        ("events:\n- activity: 1\n", "x.yml"),
        ("- case: A\n  events: []\n", "x.yaml"),
        ("case: A\nevents:\n  - activity: 1\n", "x.txt"),
        ('{"case": "A", "events": []}', "x.json"),
        ('[{"events": []}]', "x"),
        ('[{"case:concept:name": "A", "concept:name": "1"}]', "x.json"),
        ("case:concept:name,concept:name,time:timestamp\n", "x.csv"),
        ("Registro\n\nExpediente;Actividad;Fecha\n", "x.csv"),
        ("Caso\tHito\n", "x.tsv"),
        ("<?xml version='1.0'?><!-- x --><log xes.version='1.0'>", "x.xes"),
        ("<log>", "x.xml"),
    ],
)
def test_records(head: str, name: str) -> None:
    assert is_case_record(head.encode(), name)
    assert is_case_record(b"\xef\xbb\xbf" + head.encode(), name)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("", "a.yaml"),
        ("Minuta de reunión\nFecha: 3 de febrero\nEvents: varios\n", "a.txt"),
        ("id: minuta\ntitle: Minuta\n", "minuta.yaml"),
        ("case: A-1\nprocedure: p\n", "expediente.yaml"),
        ("personas:\n- {persona: p-1, correo: a@b.mx}\n", "directorio.yaml"),
        ('{"schema": "vobo.report/1", "results": []}', "a.json"),
        ("Nombre,Curso,Fecha\nAna,x,2026-01-01\n", "a.csv"),
        ("Actividad;Responsable;Fecha\nx;y;z\n", "programa.csv"),
        ("En el caso, la actividad, y la fecha\n", "a.txt"),
        ("<html><log></log></html>", "a.html"),
        ("<catalog/>", "a.xml"),
        ("\x00\x01\x02\x03" * 20, "a.csv"),
    ],
)
def test_what_is_none(head: str, name: str) -> None:
    assert not is_case_record(head.encode(), name)


def test_gzip_by_what_it_holds() -> None:
    assert is_case_record(gzip.compress(b"<log>" + b" " * 200_000)[:500], "a.xes.gz")
    assert not is_case_record(gzip.compress(b"hola"), "a.xes.gz")
    assert not is_case_record(b"\x1f\x8b" + b"\xff" * 50, "a.gz")
    assert not is_case_record(b"PK\x03\x04" + b"\xff" * 50, "a.xlsx")


@pytest.mark.parametrize(
    "head",
    [
        "<!-- x -->" + " " * 60_000 + "y",
        "<!--" * 15_000,
        "<!DOCTYPE log [" + "] " * 30_000,
        "<?" * 30_000,
        "- " * 30_000,
        "a" * 60_000 + ":",
        '"' * 60_000,
        "[" * 60_000,
    ],
)
def test_no_beginning_takes_long(head: str) -> None:
    start = time.perf_counter()
    assert not any(is_case_record(head.encode(), name) for name in ("a.xes", "a.yaml", "a.csv", "a.json"))
    assert time.perf_counter() - start < 5
