"""The guard: order, isolation, limits and cleanliness of the killable worker."""

from __future__ import annotations

import faulthandler
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.errors import Unreadable
from parsers.worker import Failure, run_guarded

MEMORY = 256 * 2**20


def do(task: tuple[str, float]) -> str | float | bytes | int:
    """Whatever a hostile file could make a parser do."""
    what, amount = task
    if what == "sleep":
        time.sleep(amount)
    elif what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "segfault":
        faulthandler.disable()  # pytest's, whose dump would look like a failure
        os.kill(os.getpid(), signal.SIGSEGV)
    elif what == "eat":
        return len(bytearray(int(amount)))
    elif what == "huge":
        return os.urandom(1024) * int(amount / 1024)
    elif what == "pid":
        return os.getpid()
    elif what == "unreadable":
        raise Unreadable("encrypted", "el archivo pide contraseña")
    elif what == "defect":
        raise ZeroDivisionError("ours")
    elif what == "exit":
        sys.exit(3)
    elif what == "print":
        os.write(1, b"noise")
    elif what == "read":
        return os.read(0, 10)
    return amount


def guarded(tasks: object, *, workers: int = 2, seconds: float = 10.0, recycle: int = 200) -> list[object]:
    return [
        answer
        for _, answer in run_guarded(do, tasks, workers=workers, seconds=seconds, memory=MEMORY, recycle=recycle)  # type: ignore[arg-type]
    ]


def code(answer: object) -> str:
    assert isinstance(answer, Failure)
    return answer.code


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def gone(pid: int, patience: float = 5.0) -> bool:
    end = time.monotonic() + patience
    while alive(pid):
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


@settings(max_examples=25, deadline=None)
@given(
    tasks=st.lists(
        st.tuples(st.sampled_from(["sleep", "kill", "segfault", "unreadable", "defect"]), st.floats(0, 0.01)),
        max_size=24,
    ),
    workers=st.integers(1, 4),
    recycle=st.integers(1, 5),
)
def test_answers_come_in_the_order_of_the_items_whatever_happens(
    tasks: list[tuple[str, float]], workers: int, recycle: int
) -> None:
    expected = {"kill": "crashed", "segfault": "crashed", "unreadable": "encrypted", "defect": "defect"}
    results = list(run_guarded(do, tasks, workers=workers, seconds=10, memory=MEMORY, recycle=recycle))
    assert [item for item, _ in results] == tasks
    for (what, amount), answer in results:
        if what == "sleep":
            assert answer == amount
        else:
            assert code(answer) == expected[what]


def test_an_overdue_item_is_killed_and_only_it() -> None:
    began = time.monotonic()
    answers = guarded([("", 1), ("sleep", 60), ("", 2), ("", 3)], workers=1, seconds=0.3)
    assert time.monotonic() - began < 5
    assert [answers[0], *answers[2:]] == [1, 2, 3]
    assert isinstance(answers[1], Failure)
    assert answers[1].code == "timeout"
    assert answers[1].reason.startswith("La lectura pasó de 0.3 segundos")
    assert "\n" not in answers[1].reason


def test_a_memory_eater_fails_alone() -> None:
    answers = guarded([("", 1), ("eat", 2 * MEMORY), ("eat", MEMORY / 4), ("", 2)])
    assert [answers[0], *answers[2:]] == [1, MEMORY // 4, 2]
    assert code(answers[1]) == "memory"


def test_a_crash_names_its_signal() -> None:
    (answer,) = guarded([("segfault", 0)])
    assert isinstance(answer, Failure)
    assert "SIGSEGV" in answer.reason


def test_a_defect_carries_its_traceback_and_the_worker_lives_on() -> None:
    first, defect, leave, last = guarded([("pid", 0), ("defect", 0), ("exit", 0), ("pid", 0)], workers=1)
    assert isinstance(defect, Failure)
    assert "ZeroDivisionError: ours" in defect.reason
    assert code(leave) == "defect"
    assert first == last


def test_an_unpicklable_answer_is_a_defect() -> None:
    results = list(run_guarded(lambda _: lambda: None, [1], workers=1, seconds=5, memory=MEMORY))
    assert code(results[0][1]) == "defect"


def test_huge_answers_pass_even_while_the_caller_is_away() -> None:
    tasks = [("huge", 50 * 2**20), ("huge", 2**20), ("", 7)]
    sizes = []
    for _, answer in run_guarded(do, tasks, workers=2, seconds=1, memory=2**30):
        sizes.append(len(answer) if isinstance(answer, bytes) else answer)
        if len(sizes) == 1:
            time.sleep(1.5)  # longer than the limit: an answer that waits for us is not late
    assert sizes == [50 * 2**20, 2**20, 7]


def test_huge_items_pass() -> None:
    item = os.urandom(1024) * 20_000
    assert list(run_guarded(len, [item], workers=1, seconds=10, memory=2**30)) == [(item, len(item))]


def test_a_thousand_tiny_items_cost_little() -> None:
    began = time.monotonic()
    assert guarded((("", n) for n in range(1000)), workers=2) == list(range(1000))
    assert time.monotonic() - began < 5


def test_items_are_read_lazily_and_a_bounded_number_ahead() -> None:
    read = 0

    def items() -> Iterator[tuple[str, float]]:
        nonlocal read
        for n in range(10_000):
            read += 1
            yield ("sleep" if n == 0 else "", 0.2 if n == 0 else n)

    results = run_guarded(do, items(), workers=2, seconds=10, memory=MEMORY)
    assert read == 0
    next(results)  # the slow one: the others must not run far ahead of it
    assert read <= 40
    results.close()  # type: ignore[attr-defined]


def test_no_child_before_the_first_item() -> None:
    assert list(run_guarded(do, [], workers=2, seconds=1, memory=MEMORY)) == []

    def items() -> Iterator[tuple[str, float]]:
        assert not Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        yield ("pid", 0)

    assert len(list(run_guarded(do, items(), workers=1, seconds=5, memory=MEMORY))) == 1


def test_one_worker_is_one_child_and_recycling_replaces_it() -> None:
    assert len(set(guarded([("pid", 0)] * 10, workers=1))) == 1
    pids = guarded([("pid", 0)] * 10, workers=1, recycle=4)
    assert [len(set(pids)), len(set(pids[:4])), len(set(pids[4:8]))] == [3, 1, 1]
    assert os.getpid() not in pids


def test_what_ran_before_does_not_spoil_an_item() -> None:
    """A leaking child must not make a later item fail that would pass in a fresh one."""
    leak: list[bytearray] = []

    def hoard(size: int) -> int:
        leak.append(bytearray(size))
        return len(leak)

    answers = [a for _, a in run_guarded(hoard, [MEMORY // 3] * 8, workers=1, seconds=5, memory=MEMORY)]
    assert all(isinstance(a, int) for a in answers)


def test_a_child_killed_while_idle_costs_nothing() -> None:
    results = run_guarded(do, iter([("pid", 0), ("pid", 0)]), workers=1, seconds=5, memory=MEMORY)
    _, first = next(results)
    assert isinstance(first, int)
    os.kill(first, signal.SIGKILL)
    _, second = next(results)
    assert isinstance(second, int)
    assert second != first


def test_noise_and_standard_input_stay_out(capfd: pytest.CaptureFixture[str]) -> None:
    assert guarded([("print", 1), ("read", 0)]) == [1, b""]
    assert capfd.readouterr().out == ""


def test_descriptors_and_children_are_given_back() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    guarded([("kill", 0), ("", 1), ("segfault", 0), ("sleep", 60)], workers=3, seconds=0.2)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert not Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def test_closing_the_iterator_ends_the_children() -> None:
    results = run_guarded(do, [("pid", 0), ("sleep", 60)], workers=2, seconds=100, memory=MEMORY)
    _, pid = next(results)
    assert isinstance(pid, int)
    results.close()  # type: ignore[attr-defined]
    assert gone(pid)


def test_what_a_killed_child_has_started_dies_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"

    def start(_: int) -> None:
        program = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        note.write_text(str(program.pid))
        program.wait()

    ((_, answer),) = run_guarded(start, [1], workers=1, seconds=0.7, memory=MEMORY)
    assert code(answer) == "timeout"
    assert gone(int(note.read_text()))


PARENT = """
import os, subprocess, sys, time
from pathlib import Path
from parsers.worker import run_guarded
def start(note):
    program = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    Path(note).write_text(f"{os.getpid()} {program.pid}")
    while True:
        pass
try:
    list(run_guarded(start, sys.argv[1:], workers=2, seconds=60, memory=2**28))
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_children_and_theirs_die_with_the_parent(tmp_path: Path, number: signal.Signals) -> None:
    notes = [tmp_path / "one", tmp_path / "two"]
    root = Path(__file__).parents[2]
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, *map(str, notes)],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + 20
    while not all(note.exists() and len(note.read_text().split()) == 2 for note in notes):
        assert time.monotonic() < end
        time.sleep(0.01)
    parent.send_signal(number)
    out, err = parent.communicate(timeout=10)
    assert err == ""
    assert out == ("interrupted\n" if number == signal.SIGINT else "")
    for note in notes:
        assert all(gone(int(pid)) for pid in note.read_text().split())
