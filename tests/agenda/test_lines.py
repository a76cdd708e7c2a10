"""Lines for a terminal."""

from msgspec.structs import replace

from checker.agenda.lines import text
from checker.agenda.model import Agenda
from checker.report.paint import PLAIN


def test_months_and_last_days(agenda: Agenda) -> None:
    lines = list(text(agenda, PLAIN))
    assert lines[0] == "Plazos: CAPSOI, del 1 de enero de 2026 al 30 de junio de 2026"
    at = lines.index("Enero de 2026")
    assert lines[at + 1 : at + 3] == [
        "  jue  8  Informe de riesgos de las RTR, diciembre de 2025 (CAPSOI), desde el 1 de enero",
        "          numeral 7.2.2.3 · OT-041.plazo",
    ]
    at = lines.index("Sin fecha fija")
    assert lines[at + 1] == "  Minuta de RTM (CAPSOI): dentro de los 5 días hábiles posteriores a «Celebración»"
    assert lines[-1].startswith("Días de descanso: 1 de enero (Año Nuevo), 2 de febrero (Día de la Constitución),")
    assert not any(c in line for line in lines for c in "\x07\n")


def test_several_norms_are_told_apart(agenda: Agenda) -> None:
    lines = list(text(replace(agenda, norms=("A", "B")), PLAIN))
    assert "          numeral 7.2.2.3 de 1000-001-004 · OT-041.plazo" in lines


def test_nothing_owed_is_said(agenda: Agenda) -> None:
    assert list(text(replace(agenda, dated=(), undated=()), PLAIN))[-1] == (
        "Las normas no señalan plazos a su cargo en esos días."
    )
