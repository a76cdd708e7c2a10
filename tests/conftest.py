"""What holds for every test."""

from __future__ import annotations

import os
from collections.abc import Generator

import asn1crypto.tsp  # noqa: F401 - names attributes that pyHanko needs; too late once the reader has used asn1crypto.cms
import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI (``VOBO_CI=1``) nothing is skipped: a tool that is missing there is a fault of the machine, and a failure."""
    report = yield
    if os.environ.get("VOBO_CI") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {report.longrepr}"
    return report
