"""The one process that reads documents for this one, started when needed and again when it was ended."""

import atexit
import os
import subprocess
import sys
import threading
from typing import IO

import msgspec

from ingest.documents.document import Document
from ingest.documents.reader import ANSWER, LENGTH, READY
from ingest.documents.unreadable import Unreadable

_SAVE = "save it again as PDF or DOCX, or leave it out"
_CODE = "from ingest.documents.reader import answers; answers()"


class Worker:
    """Asks a process for the text of documents, one at a time.

    `seconds` is the longest that one may take; starting the process does not count.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        atexit.register(self.close)

    def document_of(self, content: bytes) -> Document:
        """What it holds. Raises `Unreadable`, also when reading takes too long or ends the process."""
        with self._lock:
            mark, answer = self._asked(content)
        if mark == b"+":
            return msgspec.json.decode(answer, type=Document)
        raise Unreadable(*msgspec.json.decode(answer, type=tuple[str, str]))

    def close(self) -> None:
        """End the process."""
        if self._process is not None and self._owner == os.getpid():
            self._process.kill()
            self._process.communicate()
        self._process = None

    def _asked(self, content: bytes) -> tuple[bytes, bytes]:
        requests, answers = self._pipes()
        late = threading.Event()
        timer = threading.Timer(self._seconds, self._end, (late,))
        timer.start()
        try:
            requests.write(LENGTH.pack(len(content)))
            requests.write(content)
            requests.flush()
            head = answers.read(ANSWER.size)
            if len(head) == ANSWER.size:
                mark, length = ANSWER.unpack(head)
                answer = answers.read(length)
                if len(answer) == length:
                    return mark, answer
        except BrokenPipeError:
            pass
        finally:
            timer.cancel()
        self.close()
        if late.is_set():
            raise Unreadable(f"reading it took longer than {self._seconds:g} seconds", _SAVE)
        raise Unreadable("it needs too much memory, or breaks the program that reads documents", _SAVE)

    def _end(self, late: threading.Event) -> None:
        late.set()
        if self._process is not None:
            self._process.kill()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """The pipes to a process of our own that runs: never to one that a process before a fork began."""
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self._process = _started()
            self._owner = os.getpid()
            if self._process.stdout is None or self._process.stdout.read(len(READY)) != READY:
                raise Unreadable("the program that reads documents does not start", "free some memory and run again")
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise Unreadable("the program that reads documents has no pipes", "report this as a defect")
        return process.stdin, process.stdout


def _started() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(  # noqa: S603 - our own code, started with the interpreter that runs us
        [sys.executable, "-c", _CODE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
