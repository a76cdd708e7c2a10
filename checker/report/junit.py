"""JUnit XML, for the test views of CI servers."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from checker.findings import SEVERITIES, Finding, Report, Result
from checker.report import Aside, words


def render(report: Report, aside: Aside) -> str:
    """A suite for each submission, a case for each finding.

    Violated rules fail from ``aside.fail_level`` on and pass with their message as output below it; what could not be determined
    is skipped, what could not be read is an error.
    """
    root = Element("testsuites", name="vobo")
    for result in report.results:
        root.append(_suite(result, aside))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(result: Result, aside: Aside) -> Element:
    path = words.one_line(result.path)
    cases = list(_cases(result, path, aside))
    suite = Element("testsuite", name=path, tests=str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(tag) is not None for case in cases)))
    suite.extend(cases)
    return suite


def _cases(result: Result, path: str, aside: Aside) -> Iterator[Element]:
    yield from (_case(finding, path, aside) for finding in result.findings)
    if result.verdict == "unreadable":
        yield _whole(path, "lectura", "error", result.reason or words.VERDICTS["unreadable"])
    elif result.verdict == "undetermined" and (result.reason or not result.findings):
        yield _whole(path, "dictamen", "skipped", result.reason or words.VERDICTS["undetermined"])
    elif not result.findings:
        yield Element("testcase", classname=path, name=words.VERDICTS[result.verdict].lower())


def _whole(path: str, name: str, tag: str, reason: str) -> Element:
    """A case about the submission as a whole."""
    case = Element("testcase", classname=path, name=name)
    SubElement(case, tag, message=words.one_line(reason))
    return case


def _case(finding: Finding, path: str, aside: Aside) -> Element:
    subject = words.one_line(finding.subject)
    case = Element("testcase", classname=path, name=f"{finding.rule} {subject}")
    message, detail = words.one_line(finding.message), _detail(finding)
    if finding.outcome == "undetermined":
        SubElement(case, "skipped", message=message)
    elif SEVERITIES.index(finding.severity) >= SEVERITIES.index(aside.fail_level):
        SubElement(case, "failure", message=message, type=finding.severity).text = detail
    else:
        SubElement(case, "system-out").text = f"{words.WEIGHTS[finding.severity]}: {message}\n{detail}"
    return case


def _detail(finding: Finding) -> str:
    lines = (
        words.place(finding.location) or words.about(finding),
        words.quote(finding),
        f"{words.numeral(finding.citation)}, {words.norm(finding.citation)}",
        words.printable(finding.remedy),
    )
    return "\n".join(line for line in lines if line)
