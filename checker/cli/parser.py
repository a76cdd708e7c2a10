"""Arguments of a command, with the nearest known option where one is misspelt."""

from __future__ import annotations

import argparse
from types import ModuleType
from typing import NoReturn


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line about what is wrong and one about where help is; exit code 2."""
        self.exit(2, f"{self.prog}: {message}{self._hint(message)}\n(`{self.prog} --help` lists the options)\n")

    def _hint(self, message: str) -> str:
        if not message.startswith("unrecognized arguments:"):
            return ""
        import difflib

        wrong = next((word for word in message.split()[2:] if word.startswith("-")), "")
        near = difflib.get_close_matches(wrong.split("=")[0], list(self._option_string_actions), n=1)
        return f"; did you mean {near[0]}?" if near else ""


def parse(name: str, command: ModuleType, arguments: list[str]) -> argparse.Namespace:
    """``arguments`` as ``command`` configures them; exits with 2 on bad usage and with 0 after ``--help``."""
    summary = str(command.SUMMARY)
    parser = _Parser(
        prog=f"vobo {name}",
        description=f"{summary[:1].upper()}{summary[1:]}.",
        epilog=f"examples:\n{command.EXAMPLES}".rstrip(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.configure(parser)
    return parser.parse_args(arguments)
