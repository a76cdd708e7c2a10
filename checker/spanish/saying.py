"""How days and lists are said in a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

MONTH_NAMES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
WEEKDAYS = "lunes martes miércoles jueves viernes sábado domingo".split()


def spoken(day: dt.date) -> str:
    """``3 de octubre de 2025``."""
    return f"{spoken_short(day)} de {day.year}"


def spoken_short(day: dt.date) -> str:
    """``3 de octubre``."""
    return f"{day.day} de {MONTH_NAMES[day.month - 1]}"


def spoken_range(first: dt.date, last: dt.date, *, year: bool = True) -> str:
    """``5 al 11 de enero de 2026``, saying month and year once where both share them; ``year`` False leaves out the last one."""
    end = spoken(last) if year else spoken_short(last)
    if first.year != last.year:
        return f"{spoken(first)} al {spoken(last)}"
    return f"{first.day if first.month == last.month else spoken_short(first)} al {end}"


def joined(words: Sequence[str]) -> str:
    """``a, b y c``; ``e`` before the sound i."""
    if len(words) < 2:
        return "".join(words)
    last = words[-1]
    link = "e" if last[:1].lower() in "ií" or last[:2].lower() == "hi" else "y"
    return f"{', '.join(words[:-1])} {link} {last}"


def either(words: Sequence[str]) -> str:
    """``a, b o c``; ``u`` before the sound o."""
    if len(words) < 2:
        return "".join(words)
    last = words[-1]
    link = "u" if last[:1].lower() in "oó" or last[:2].lower() == "ho" else "o"
    return f"{', '.join(words[:-1])} {link} {last}"
