import datetime as dt

import pytest

from checker.config import Config, ConfigError, discover, read
from checker.options import Reviewer


@pytest.fixture
def written(tmp_path):
    def write(text: str):
        path = tmp_path / "vobo.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_everything_it_may_say(written, tmp_path):
    (tmp_path / "membrete").mkdir()
    (tmp_path / "reglas").mkdir()
    config = read(
        written(
            """
            [check]
            select = ["PV-040", "PV-008"]
            ignore = "*.firmantes-asistentes"
            fail-level = "warning"
            strict = true
            type = "minuta-de-reunion"
            packs = ["imss/programas-virtuales"]
            rules = ["reglas"]
            as-of = 2026-02-03
            signed = true
            ocr = "off"
            jobs = 4
            seconds = 12.5
            memory-mib = 512

            [severity]
            "PV-040.firmantes-asistentes" = "info"
            PV-039.asunto = "warning"
            PV-008 = "error"

            [interpretations]
            PV-i01 = "business"

            [calendar]
            closed = ["2026-04-02", "2026-04-03 Viernes Santo", 2026-05-05, "2026-12-30/2027-01-01 periodo vacacional"]
            open = ["2026-02-07"]

            [handback]
            template-dir = "membrete"

            [handback.reviewer]
            name = "Ana Ruiz"
            charge = "Titular de la División"
            email = "ana.ruiz@imss.gob.mx"
            """
        )
    )
    assert config == Config(
        select=("PV-040", "PV-008"),
        ignore=("*.firmantes-asistentes",),
        fail_level="warning",
        strict=True,
        type="minuta-de-reunion",
        packs=("imss/programas-virtuales",),
        rules=(tmp_path / "reglas",),
        as_of=dt.date(2026, 2, 3),
        signed=True,
        ocr="off",
        jobs=4,
        seconds=12.5,
        memory_mib=512,
        severities={"PV-040.firmantes-asistentes": "info", "PV-039.asunto": "warning", "PV-008": "error"},
        readings={"PV-i01": "business"},
        closed=(
            dt.date(2026, 4, 2),
            (dt.date(2026, 4, 3), "Viernes Santo"),
            dt.date(2026, 5, 5),
            (dt.date(2026, 12, 30), "periodo vacacional"),
            (dt.date(2026, 12, 31), "periodo vacacional"),
            (dt.date(2027, 1, 1), "periodo vacacional"),
        ),
        opened=(dt.date(2026, 2, 7),),
        template_dir=tmp_path / "membrete",
        reviewer=Reviewer("Ana Ruiz", "Titular de la División", "ana.ruiz@imss.gob.mx"),
    )


def test_an_empty_file_says_nothing(written):
    assert read(written("")) == Config()


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (
            "[check]\nstrict = true\nfail_level = 'error'\n",
            3,
            "check.fail_level is not known; did you mean 'fail-level'?",
        ),
        ("[check]\n\nselekt = []\n", 3, "check.selekt is not known; did you mean 'select'?"),
        ("[check]\nzzz = 1\n", 2, "check.zzz is not known; known: select, ignore"),
        ("\n[chekc]\nstrict = true\n", 2, "chekc is not known; did you mean 'check'?"),
        ("[check]\nstrict = 'yes'\n", 2, "check.strict must be true or false, not 'yes'"),
        ("[check]\nfail-level = 'fatal'\n", 2, "check.fail-level must be error or warning or info, not 'fatal'"),
        ("[check]\njobs = 0\n", 2, "check.jobs must be a whole number above 0, not 0"),
        ("[check]\njobs = true\n", 2, "check.jobs must be a whole number above 0, not True"),
        ("[check]\nseconds = inf\n", 2, "check.seconds must be a number above 0, not inf"),
        ("[check]\nas-of = 'ayer'\n", 2, "check.as-of must be a date, 2026-02-03, not 'ayer'"),
        ("[check]\nselect = [1]\n", 2, "check.select must be a list of strings, not [1]"),
        ("[check]\nrules = ['nowhere']\n", 2, "check.rules must be a folder that exists, not ['nowhere']"),
        ("[severity]\n'PV-040' = 'bad'\n", 2, "severity.PV-040 must be error or warning or info, not 'bad'"),
        ("[severity]\nPV-040.firmas = 'bad'\n", 2, "severity.PV-040.firmas must be"),
        ("[interpretations]\nPV-i01 = 3\n", 2, "interpretations.PV-i01 must be a string, not 3"),
        ("[calendar]\nclosde = []\n", 2, "calendar.closde is not known; did you mean 'closed'?"),
        ("[calendar]\nclosed = ['2 de abril']\n", 2, "calendar.closed must be a date, 2026-02-03, not ['2 de abril']"),
        ("[calendar]\nclosed = ['2026-02-30']\n", 2, "calendar.closed must be a date"),
        ("[calendar]\nclosed = ['2026-12-21/2026-12-01']\n", 2, "calendar.closed must be a first and a last day"),
        ("[calendar]\nclosed = ['2026-12-21/2028-12-01']\n", 2, "calendar.closed must be a first and a last day"),
        (
            "[calendar]\nclosed = ['2026-01-01/2026-01-02/2026-01-03']\n",
            2,
            "calendar.closed must be a first and a last",
        ),
        ("[calendar]\nopen = ['0206-01-01']\n", 2, "calendar.open must be a date of the years 1990 to 2100"),
        ("[calendar]\nopen = 3\n", 2, "calendar.open must be a"),
        (
            "[calendar]\nclosed = '2026-04-01/2026-04-03'\nopen = [2026-04-02]\n",
            3,
            "calendar.open must not hold 2026-04-02, which is closed too",
        ),
        (
            "[handback.reviewer]\nname = 'A'\nmail = 'B'\n",
            3,
            "handback.reviewer.mail is not known; did you mean 'email'?",
        ),
        ("[handback]\nreviewer = 'Ana'\n", 2, "handback.reviewer must be a table, not 'Ana'"),
        ("check = 3\n", 1, "check must be a table"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(written, text, line, told):
    path = written(text)
    with pytest.raises(ConfigError) as error:
        read(path)
    assert str(error.value).startswith(f"{path}:{line}: {told}")


@pytest.mark.parametrize("content", [b"[check\n", b"\xff\xfe"])
def test_what_is_no_toml_is_told(tmp_path, content):
    (tmp_path / "vobo.toml").write_bytes(content)
    with pytest.raises(ConfigError, match="not valid TOML"):
        read(tmp_path / "vobo.toml")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigError, match="No such file"):
        read(tmp_path / "other.toml")


def test_the_nearest_file_above_is_found(tmp_path):
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "vobo.toml").touch()
    assert discover(deep) == tmp_path.resolve() / "vobo.toml"
    (tmp_path / "a" / "vobo.toml").touch()
    assert discover(deep) == tmp_path.resolve() / "a" / "vobo.toml"
