"""``vobo.toml``: what an office always wants of its checks. Flags of the command line override it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import msgspec

from checker.calendar.days import FIRST_YEAR, LAST_YEAR, Closed
from checker.findings import SEVERITIES, Severity
from checker.options import Reviewer
from parsers.limits import OcrMode

NAME = "vobo.toml"


class ConfigError(Exception):
    """The file says what it may not. One line in English: path, line, what is wrong, what was probably meant."""


class Config(msgspec.Struct, frozen=True):
    """What the file says; None where it says nothing. Relative paths in it start at its own folder."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    fail_level: Severity | None = None
    strict: bool | None = None
    type: str | None = None
    packs: tuple[str, ...] | None = None
    rules: tuple[Path, ...] | None = None
    as_of: dt.date | None = None
    signed: bool | None = None
    ocr: OcrMode | None = None
    jobs: int | None = None
    seconds: float | None = None
    memory_mib: int | None = None
    severities: Mapping[str, Severity] = {}
    readings: Mapping[str, str] = {}
    closed: tuple[Closed, ...] = ()
    opened: tuple[dt.date, ...] = ()
    template_dir: Path | None = None
    reviewer: Reviewer = msgspec.field(default_factory=Reviewer)


def discover(start: Path) -> Path | None:
    """The nearest ``vobo.toml`` in ``start`` or a folder above it."""
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / NAME).is_file():
            return candidate / NAME
    return None


def read(path: Path) -> Config:
    """The configuration in ``path``; raises :class:`ConfigError`."""
    import tomllib

    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    return _Reader(path, text).config(data)


class _WrongValueError(ValueError):
    """What the value should be, to follow "must be"."""


class _Reader(msgspec.Struct, frozen=True):
    """One file on its way to a :class:`Config`, able to say on which line a key stands."""

    path: Path
    text: str

    def config(self, data: dict[str, Any]) -> Config:
        tables: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "check": self._check,
            "severity": lambda table: {"severities": self._free("severity", table, _severity)},
            "interpretations": lambda table: {"readings": self._free("interpretations", table, _string)},
            "calendar": self._calendar,
            "handback": self._handback,
        }
        values: dict[str, Any] = {}
        for name, table in data.items():
            if name not in tables:
                raise self._unknown("", name, list(tables))
            if not isinstance(table, dict):
                raise self._error("", name, "must be a table")
            values.update(tables[name](table))
        return Config(**values)

    def _check(self, table: dict[str, Any]) -> dict[str, Any]:
        return self._known("check", table, self._check_keys())

    def _check_keys(self) -> dict[str, tuple[str, Callable[[Any], Any]]]:
        return {
            "select": ("select", _strings),
            "ignore": ("ignore", _strings),
            "fail-level": ("fail_level", _severity),
            "strict": ("strict", _boolean),
            "type": ("type", _string),
            "packs": ("packs", _strings),
            "rules": ("rules", self._folders),
            "as-of": ("as_of", _date),
            "signed": ("signed", _boolean),
            "ocr": ("ocr", _ocr),
            "jobs": ("jobs", _positive_int),
            "seconds": ("seconds", _positive),
            "memory-mib": ("memory_mib", _positive_int),
        }

    def _calendar(self, table: dict[str, Any]) -> dict[str, Any]:
        values = self._known("calendar", table, {"closed": ("closed", _closed), "open": ("opened", _opened)})
        closed = {day if isinstance(day, dt.date) else day[0] for day in values.get("closed", ())}
        for day in values.get("opened", ()):
            if day in closed:
                raise self._error("calendar", "open", f"must not hold {day}, which is closed too")
        return values

    def _handback(self, table: dict[str, Any]) -> dict[str, Any]:
        keys: dict[str, tuple[str, Callable[[Any], Any]]] = {
            "template-dir": ("template_dir", self._folder),
            "reviewer": ("reviewer", _table),
        }
        values = self._known("handback", table, keys)
        if "reviewer" in values:
            texts = {name: (name, _string) for name in ("name", "charge", "email")}
            values["reviewer"] = Reviewer(**self._known("handback.reviewer", values["reviewer"], texts))
        return values

    def _known(
        self, name: str, table: dict[str, Any], keys: Mapping[str, tuple[str, Callable[[Any], Any]]]
    ) -> dict[str, Any]:
        values = {}
        for key, value in table.items():
            if key not in keys:
                raise self._unknown(name, key, list(keys))
            attribute, convert = keys[key]
            values[attribute] = self._converted(name, key, value, convert)
        return values

    def _free(self, name: str, table: dict[str, Any], convert: Callable[[Any], Any]) -> dict[str, Any]:
        """A table whose keys are the user's own. A rule id without quotes is a nested table to TOML; it is taken as meant."""
        values: dict[str, Any] = {}
        for key, value in table.items():
            if isinstance(value, dict):
                values.update({f"{key}.{k}": self._converted(name, f"{key}.{k}", v, convert) for k, v in value.items()})
            else:
                values[key] = self._converted(name, key, value, convert)
        return values

    def _converted(self, table: str, key: str, value: Any, convert: Callable[[Any], Any]) -> Any:
        try:
            return convert(value)
        except _WrongValueError as error:
            raise self._error(table, key, f"must be {error}, not {value!r}") from error

    def _folder(self, value: Any) -> Path:
        folder = self.path.parent / _string(value)
        if not folder.is_dir():
            raise _WrongValueError("a folder that exists")
        return folder

    def _folders(self, value: Any) -> tuple[Path, ...]:
        return tuple(self._folder(item) for item in _strings(value))

    def _unknown(self, table: str, key: str, known: list[str]) -> ConfigError:
        import difflib

        near = difflib.get_close_matches(key.lower().replace("_", "-"), known, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}"
        return self._error(table, key, f"is not known{hint}")

    def _error(self, table: str, key: str, problem: str) -> ConfigError:
        name = f"{table}.{key}" if table else key
        return ConfigError(f"{self.path}:{self._line(table, key)}: {name} {problem}")

    def _line(self, table: str, key: str) -> int:
        """Line of ``key`` of ``table``, from 1. tomllib keeps no places, so this looks for the words: good for people, not for parsing."""
        wanted = key.strip()
        section, fallback = "", 1
        for number, line in enumerate(self.text.splitlines(), 1):
            bare = line.strip()
            if bare.startswith("["):
                section = bare.strip("[]").split("]")[0].strip()
                if section in (table, f"{table}.{wanted}".lstrip("."), wanted):
                    fallback = number
                if section == f"{table}.{wanted}".lstrip("."):
                    return number
                continue
            name = bare.split("=")[0].strip().replace('"', "").replace("'", "")
            whole = f"{section}.{name}".lstrip(".")
            if "=" in bare and whole == f"{table}.{wanted}".lstrip("."):
                return number
            if "=" in bare and table and wanted in bare and table.startswith(whole):
                fallback = number
        return fallback


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise _WrongValueError("a string")
    return value


def _strings(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _WrongValueError("a list of strings")
    return tuple(value)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _WrongValueError("true or false")
    return value


def _severity(value: Any) -> Severity:
    return cast(Severity, _one_of(value, tuple(reversed(SEVERITIES))))


def _ocr(value: Any) -> OcrMode:
    return cast(OcrMode, _one_of(value, ("auto", "off")))


def _one_of(value: Any, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise _WrongValueError(" or ".join(choices))
    return cast(str, value)


def _date(value: Any) -> dt.date:
    """A TOML date, or the same as a string."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return dt.date.fromisoformat(_string(value))
    except ValueError as error:
        raise _WrongValueError("a date, 2026-02-03") from error


_LONGEST = 366
"""Days in a row that one entry may close; more are a slip of the pen."""


def _closed(value: Any) -> tuple[Closed, ...]:
    """Days, or a first and a last one, each with a name if it has one: ``2026-04-03 Viernes Santo``, ``2026-12-21/2027-01-06``."""
    days: list[Closed] = []
    for item in value if isinstance(value, list) else [value]:
        written, _, name = item.partition(" ") if isinstance(item, str) else (item, "", "")
        bounds = written.split("/") if isinstance(written, str) else [written]
        first, last = _day(bounds[0]), _day(bounds[-1])
        if len(bounds) > 2 or not 0 <= (last - first).days < _LONGEST:
            raise _WrongValueError(f"a first and a last day, at most {_LONGEST} days, as 2026-12-21/2027-01-06")
        for n in range((last - first).days + 1):
            day = first + dt.timedelta(n)
            days.append((day, name.strip()) if name.strip() else day)
    return tuple(days)


def _opened(value: Any) -> tuple[dt.date, ...]:
    return tuple(_day(item) for item in (value if isinstance(value, list) else [value]))


def _day(value: Any) -> dt.date:
    """A day that calendars know."""
    day = _date(value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _WrongValueError(f"a date of the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _positive(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        raise _WrongValueError("a number above 0")
    return float(value)


def _positive_int(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise _WrongValueError("a whole number above 0")
    return value


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _WrongValueError("a table")
    return value
