import pickle

import pytest

from checker.options import Options, matches


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("PV-040.fechas-compromiso", True),
        ("pv-040.FECHAS-compromiso", True),
        ("PV-040", True),
        ("PV-04", True),
        ("PV", True),
        ("PV-039", True),
        ("*.fechas-*", True),
        ("PV-0[34]?", True),
        ("PV-040.fechas", False),
        ("PV-041", False),
        ("OT", False),
        ("*.firmas", False),
    ],
)
def test_patterns_name_rules(pattern, expected):
    assert matches(pattern, "PV-040.fechas-compromiso", ("PV-040", "PV-039")) is expected


def test_ignore_wins_over_select():
    options = Options(select=("PV-040",), ignore=("PV-040.firmas",))
    assert options.selects("PV-040.fecha")
    assert not options.selects("PV-040.firmas")
    assert not options.selects("PV-008.cursos")
    assert Options().selects("PV-008.cursos")


def test_the_most_specific_severity_wins():
    options = Options(severities={"PV-040.firmas": "info", "PV-040": "warning"})
    assert options.severity("PV-040.firmas", "error") == "info"
    assert options.severity("PV-040.fecha", "error") == "warning"
    assert options.severity("PV-008.cursos", "error") == "error"


def test_options_reach_the_workers():
    options = Options(severities={"PV": "info"}, readings={"PV-i01": "business"})
    assert pickle.loads(pickle.dumps(options)) == options
