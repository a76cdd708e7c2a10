"""Loading packs: what they may say, where an error lies, hostile files, the cache, editions."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checker.packs.load import PackError, load_packs, pack_in_force


def _edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")


def test_rules_follow_from_fields_and_columns(folder: Path) -> None:
    (pack,) = load_packs([folder.parent])
    assert [(r.head.id, r.kind, r.derived) for r in pack.rules] == [
        ("DE-001.dia", "required", True),
        ("DE-001.fecha", "required", True),
        ("DE-001.orden", "dates_in_order", False),
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("documents/nota.yaml", "    labels: [fecha]", "    lables: [fecha]", r"nota\.yaml:9: unknown key 'lables'; did you mean 'labels'\?"),
        ("documents/nota.yaml", "kind: date\n", "kind: dat\n", r"nota\.yaml:8: fields\.fecha\.kind: invalid enum value 'dat'"),
        ("documents/nota.yaml", "title: Punto}", "title: Punto, kid: text}", r"nota\.yaml:17: unknown key 'kid'; did you mean 'kind'\?"),
        ("rules/orden.yaml", "dates_in_order:", "dates_in_ordr:", r"orden\.yaml:4: unknown key 'dates_in_ordr'; did you mean 'dates_in_order'\?"),
        ("rules/orden.yaml", "first: fecha", "frist: fecha", r"orden\.yaml:4: unknown key 'frist'; did you mean 'first'\?"),
        ("rules/orden.yaml", "  remedy: Corregir.\n", "", r"orden\.yaml:1: .*missing required field 'remedy'"),
        ("pack.yaml", "prefix: DE", "prefix: DEX", r"pack\.yaml:2: prefix: expected 'str' matching regex"),
        ("pack.yaml", "edition: '2025'", "edition: 2025", r"pack\.yaml:5: edition: expected 'str', got 'int'"),
        ("pack.yaml", "title:", "id: x\ntitle:", r"pack\.yaml:3: duplicate key 'id'"),
        ("obligations.yaml", "numeral: '1.1'", "numeral: 1.1", r"obligations\.yaml:1: DE-001\.numeral: expected 'str', got 'float'"),
        ("pack.yaml", "issuer: Oficina", "issuer: !!python/name:os.system x", r"pack\.yaml:4: tag .*python"),
        ("pack.yaml", "issuer: Oficina", "issuer: [", r"pack\.yaml:\d+: not YAML"),
    ],
)  # fmt: skip
def test_an_error_names_file_line_and_the_nearest_key(folder: Path, name: str, old: str, new: str, told: str) -> None:
    _edit(folder, name, old, new)
    with pytest.raises(PackError) as error:
        load_packs([folder])
    assert re.search(told, str(error.value)), str(error.value)


def test_words_stay_words(folder: Path) -> None:
    _edit(folder, "pack.yaml", "title: Norma de prueba", "title: no")
    _edit(folder, "pack.yaml", "issuer: Oficina", "issuer: 2025-01-01\nin_force: {from: 2025-01-01, to: null}")
    (pack,) = load_packs([folder])
    assert (pack.info.title, pack.info.issuer) == ("no", "2025-01-01")
    assert pack.info.in_force.start == dt.date(2025, 1, 1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "".join(f"{c}: &{c} [{','.join([f'*{p}'] * 10)}]\n" for p, c in zip("abcdef", "bcdefg", strict=True)), "nodes when its aliases are expanded"),
        ("[" * 100_000, "nested deeper"),
        ("a: &a [*a]\n", "contains itself"),
        ("a: '" + "x" * (1 << 20) + "'\n", "larger than"),
        ("k: &0 x\n" + "".join(f"k{n}: &{n} [*{n - 1}]\n" for n in range(1, 3000)), "deep|nodes"),
        ("a: \x01\n", "not YAML"),
    ],
    ids=["alias bomb", "brackets", "recursive alias", "size", "alias chain", "control character"],
)  # fmt: skip
def test_hostile_yaml_is_refused(folder: Path, text: str, told: str) -> None:
    (folder / "roles.yaml").write_text(text, "utf-8")
    with pytest.raises(PackError, match=told):
        load_packs([folder])


def test_a_link_out_of_the_pack_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("password: x\n", "utf-8")
    (folder / "roles.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(PackError, match="links out of the pack"):
        load_packs([folder])


def test_a_misspelt_file_is_told_not_ignored(folder: Path) -> None:
    (folder / "obligation.yaml").write_text("{}", "utf-8")
    with pytest.raises(PackError, match=r"did you mean 'obligations\.yaml'"):
        load_packs([folder])


def test_two_rules_of_one_id_are_refused(folder: Path) -> None:
    shutil.copy(folder / "rules/orden.yaml", folder / "rules/otra.yaml")
    with pytest.raises(PackError, match=r"DE-001\.orden is already defined"):
        load_packs([folder])


def test_a_cached_load_is_the_same_and_imports_no_yaml(folder: Path) -> None:
    first = load_packs([folder])
    script = f"""
import sys
from pathlib import Path
from checker.packs.load import load_packs
(pack,) = load_packs([Path({str(folder)!r})])
assert "yaml" not in sys.modules
print(pack.sha256, len(pack.rules))
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=os.environ, check=True)
    assert ran.stdout.split() == [first[0].sha256, str(len(first[0].rules))]
    (again,) = load_packs([folder])
    assert [(r.head, r.kind, r.params, r.derived) for r in again.rules] == [
        (r.head, r.kind, r.params, r.derived) for r in first[0].rules
    ]
    assert (again.info, again.types, again.obligations) == (first[0].info, first[0].types, first[0].obligations)


@pytest.mark.parametrize("broken", ["{", "[]", '{"pack.yaml": {"id": 3}}'])
def test_a_broken_cache_is_read_past(folder: Path, tmp_path: Path, broken: str) -> None:
    first = load_packs([folder])
    (entry,) = (tmp_path / "cache").iterdir()
    entry.write_text(broken, "utf-8")
    assert load_packs([folder]) == first


def test_a_cache_that_cannot_be_written_is_done_without(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("VOBO_CACHE_DIR", str(tmp_path / "file" / "below"))
    assert len(load_packs([folder])) == 1


def test_an_edit_is_seen_at_once(folder: Path) -> None:
    (before,) = load_packs([folder])
    _edit(folder, "pack.yaml", "Norma de prueba", "Norma nueva")
    (after,) = load_packs([folder])
    assert after.info.title == "Norma nueva"
    assert after.sha256 != before.sha256


def test_the_edition_in_force_governs_and_the_nearest_stands_in(folder: Path) -> None:
    later = folder.parent / "norma-2026"
    shutil.copytree(folder, later)
    _edit(folder, "pack.yaml", "edition:", "in_force: {from: 2025-01-01, to: 2025-12-31}\nedition:")
    _edit(later, "pack.yaml", "edition: '2025'", "in_force: {from: 2026-03-01}\nedition: '2026'")
    packs = load_packs([folder.parent])

    def on(*day: int) -> tuple[str, bool]:
        pack = pack_in_force(packs, "demo/norma", dt.date(*day))
        return pack.info.edition, pack.governs(dt.date(*day))

    assert on(2025, 12, 31) == ("2025", True)
    assert on(2026, 3, 1) == ("2026", True)
    assert on(2026, 1, 5) == ("2025", False)
    assert on(2026, 2, 25) == ("2026", False)
    assert on(2020, 1, 1) == ("2025", False)
    assert pack_in_force(packs, "demo/norma", None).info.edition == "2026"
    with pytest.raises(KeyError):
        pack_in_force(packs, "demo/otra", None)


def test_one_edition_twice_is_refused(folder: Path) -> None:
    shutil.copytree(folder, folder.parent / "otra")
    with pytest.raises(PackError, match="already defined"):
        load_packs([folder.parent])
