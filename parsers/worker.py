"""Runs a function over many items in forked processes that the parent can kill without losing the batch.

Reading hostile files can hang, eat memory or abort the process from C code, where no exception is raised. So each
item runs in a long-lived forked child under a wall clock and RLIMIT_AS; only the item that a child was working on is
lost with it. Plain fork and pipes: ``multiprocessing`` costs more to import than a small file to read.

The parent must have no threads while it forks.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import resource
import select
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Generic, NoReturn, TypeVar

import msgspec

from parsers.errors import Unreadable

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_HEADER = 8
_CHUNK = 1 << 20
_WINDOW = 16
"""Items read ahead of the oldest unfinished one, per worker: bounds memory when one file is slow."""


class Failure(msgspec.Struct, frozen=True):
    """An item without an answer.

    ``code`` is that of :class:`Unreadable`, or ``timeout``, ``memory``, ``crashed``, ``defect``. ``reason`` is one line
    in Spanish; for ``defect`` (an exception of the function, so a fault of ours) it is the traceback.
    """

    code: str
    reason: str

    def told(self, *, debug: bool) -> str:
        """What a command says of it: of a defect its last line, all of it where ``debug`` asks for it."""
        if self.code != "defect":
            return self.reason
        trace = self.reason.strip()
        return (
            f"internal error:\n{trace}" if debug else f"internal error: {trace.splitlines()[-1]} (--debug shows where)"
        )


def run_guarded(
    function: Callable[[Item], Answer],
    items: Iterable[Item],
    *,
    workers: int,
    seconds: float | Callable[[Item], float],
    memory: int,
    recycle: int = 200,
) -> Iterator[tuple[Item, Answer | Failure]]:
    """Yield ``(item, function(item))`` in the order of ``items``, or ``(item, Failure)``.

    ``workers`` children, each forked when first needed and replaced after ``recycle`` items; ``seconds`` of wall
    time per item, for all or for each; ``memory`` bytes of address space that a child may add to what it was born with.
    Items and answers must pickle. ``items`` is read lazily, a bounded number ahead.
    An item that ran out of memory or crashed in a child that
    had served others is tried once more in a fresh one, so that answers do not depend on what ran before. Closing the
    iterator, Ctrl-C and the parent's death end all children and what these have started.
    """
    if workers < 1:
        raise ValueError("workers must be at least 1")
    allowed = seconds if callable(seconds) else lambda item: seconds
    pool = [_Worker(function, allowed, memory) for _ in range(workers)]
    source = iter(enumerate(items))
    exhausted = False
    retry: deque[tuple[int, Item]] = deque()
    waiting: dict[int, Item] = {}
    ready: dict[int, Answer | Failure] = {}
    oldest = 0
    try:
        while True:
            while oldest in ready:
                yield waiting.pop(oldest), ready.pop(oldest)
                oldest += 1
            for worker in pool:
                if worker.task is not None:
                    continue
                if retry:
                    worker.stop()
                    index, item = retry.popleft()
                elif not exhausted and len(waiting) < _WINDOW * workers:
                    try:
                        index, item = next(source)
                    except StopIteration:
                        exhausted = True
                        continue
                    waiting[index] = item
                else:
                    continue
                if worker.served >= recycle:
                    worker.stop()
                worker.send(index, item)
            busy = [worker for worker in pool if worker.task is not None]
            if not busy and not ready:
                return
            for worker, index, answer in _collect(busy):
                spoiled = isinstance(answer, Failure) and answer.code in ("memory", "crashed")
                if spoiled and worker.served > 0:
                    retry.append((index, waiting[index]))
                else:
                    ready[index] = answer
                worker.served += 1
                if spoiled or worker.dead:
                    worker.stop()
    finally:
        for worker in pool:
            worker.stop()


_parent_ends: set[int] = set()
"""By these this process holds its children: a new child closes them, or its siblings would outlive the parent."""


class _Worker(Generic[Item, Answer]):
    """One child, or the place where the next one will be."""

    def __init__(self, function: Callable[[Item], Answer], allowed: Callable[[Item], float], memory: int) -> None:
        self.function = function
        self.allowed = allowed
        self.seconds = 0.0
        self.memory = memory
        self.pid = 0
        self.served = 0
        self.dead = False
        self.task: int | None = None
        self.deadline = 0.0
        self.requests = self.answers = self.lifeline = -1
        self.received = bytearray()

    def send(self, index: int, item: Item) -> None:
        """Give the child its next task; fork it first if it is not there."""
        message = _framed(pickle.dumps(item, pickle.HIGHEST_PROTOCOL))
        if not self.pid:
            self._fork()
        self.task = index
        self.received.clear()
        self.seconds = self.allowed(item)
        self.deadline = time.monotonic() + self.seconds
        with suppress(BrokenPipeError):  # died while idle: its closed answer pipe will say so
            _write(self.requests, message)

    def receive(self) -> Answer | Failure | None:
        """Take what is in the pipe; None while the answer is not complete."""
        chunk = os.read(self.answers, _CHUNK)
        if not chunk:
            self.dead = True
            end = self._reap()
            return Failure("crashed", f"La lectura terminó de forma inesperada ({end}); el archivo puede estar dañado.")
        self.received += chunk
        size = int.from_bytes(self.received[:_HEADER], "little") + _HEADER
        if len(self.received) < max(size, _HEADER + 1):
            return None
        with memoryview(self.received) as view:
            answer: Answer | Failure = pickle.loads(view[_HEADER:])
        return answer

    def overdue(self, now: float) -> Failure | None:
        """The failure of a child that has not begun to answer in time. One that has begun has been waiting for us."""
        if now < self.deadline or self.received:
            return None
        self.dead = True
        return Failure(
            "timeout",
            f"La lectura pasó de {self.seconds:g} segundos y se detuvo; divida el archivo o amplíe el límite de tiempo.",
        )

    def stop(self) -> None:
        """Kill the child and all it has started, and be ready for a new one."""
        if self.pid:
            self._reap()
            for descriptor in (self.requests, self.answers, self.lifeline):
                os.close(descriptor)
                _parent_ends.discard(descriptor)
        self.pid = self.served = 0
        self.task = None
        self.dead = False
        self.received = bytearray()

    def _reap(self) -> str:
        """End the child's group and say how the child ended."""
        if self.pid < 0:
            return ""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        self.pid = -1
        code = os.waitstatus_to_exitcode(status)
        return signal.Signals(-code).name if code < 0 else f"salida {code}"

    def _fork(self) -> None:
        child_in, self.requests = os.pipe()
        self.answers, child_out = os.pipe()
        child_line, self.lifeline = os.pipe()
        _parent_ends.update((self.requests, self.answers, self.lifeline))
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # or the child's copy of what is buffered would be written twice
                stream.flush()
        # No Ctrl-C may be raised in the child before it has left the parent's stack.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        self.pid = os.fork()
        if self.pid == 0:
            _child(self.function, child_in, child_out, child_line, self.memory)
        with suppress(PermissionError, ProcessLookupError):
            os.setpgid(self.pid, self.pid)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for descriptor in (child_in, child_out, child_line):
            os.close(descriptor)


def _collect(busy: list[_Worker[Item, Answer]]) -> list[tuple[_Worker[Item, Answer], int, Answer | Failure]]:
    """Wait until at least one child has something to say or is out of time; the answers that are complete."""
    poll = select.poll()
    by_descriptor = {worker.answers: worker for worker in busy}
    for descriptor in by_descriptor:
        poll.register(descriptor, select.POLLIN)
    running = [worker.deadline for worker in busy if not worker.received]
    patience = max(0.0, min(running) - time.monotonic()) * 1000 + 1 if running else None
    complete: list[tuple[_Worker[Item, Answer], int, Answer | Failure]] = []
    spoken = {descriptor for descriptor, _ in poll.poll(patience)}
    now = time.monotonic()
    for descriptor, worker in by_descriptor.items():
        answer = worker.receive() if descriptor in spoken else worker.overdue(now)
        if answer is not None and worker.task is not None:
            complete.append((worker, worker.task, answer))
            worker.task = None
    return complete


def _child(function: Callable[[Item], Answer], requests: int, answers: int, lifeline: int, memory: int) -> NoReturn:
    """Serve tasks until the parent closes its end or dies. Never returns to the parent's stack."""
    code = 1
    try:
        os.setpgid(0, 0)
        for descriptor in _parent_ends:
            os.close(descriptor)
        _parent_ends.clear()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGIO):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        # When the parent dies its end of the lifeline closes, and the kernel sends SIGIO to the whole group at once:
        # also to a child deep in C code, and to the programs that it has started.
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp())
        fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)  # what a C library prints must not end up in a report
        _limit(memory)
        while (message := _read_message(requests)) is not None:
            _write(answers, _framed(_answer(function, message)))
        code = 0
    finally:
        os._exit(code)


def _answer(function: Callable[[Item], Answer], message: bytes) -> bytes:
    """The pickled answer or failure. Every exception becomes one: the parent decides what to do with it."""
    try:
        return pickle.dumps(function(pickle.loads(message)), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        failure = Failure("memory", "Leer el archivo pide más memoria que la permitida; divídalo o amplíe el límite.")
    except Unreadable as error:
        failure = Failure(error.code, error.reason)
    except BaseException:
        import traceback

        failure = Failure("defect", traceback.format_exc())
    return pickle.dumps(failure, pickle.HIGHEST_PROTOCOL)


def _limit(memory: int) -> None:
    """Allow ``memory`` bytes more address space than now, and no core files. Only the soft limit: a converter that
    reserves more than it uses may lift it for itself.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    statm = Path("/proc/self/statm")
    if not statm.exists():  # systems without it do not enforce RLIMIT_AS either
        return
    size = int(statm.read_text().split()[0]) * resource.getpagesize() + memory
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


def _framed(payload: bytes) -> list[memoryview]:
    return [memoryview(len(payload).to_bytes(_HEADER, "little")), memoryview(payload)]


def _write(descriptor: int, parts: list[memoryview]) -> None:
    for part in parts:
        while part:
            part = part[os.write(descriptor, part) :]


def _read_message(descriptor: int) -> bytes | None:
    """The next framed message; None when the parent has closed the pipe."""
    header = _read_exactly(descriptor, _HEADER)
    return None if header is None else _read_exactly(descriptor, int.from_bytes(header, "little"))


def _read_exactly(descriptor: int, size: int) -> bytes | None:
    received = bytearray()
    while len(received) < size:
        chunk = os.read(descriptor, min(_CHUNK, size - len(received)))
        if not chunk:
            return None
        received += chunk
    return bytes(received)
