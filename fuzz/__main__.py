"""`python -m fuzz [NAME...] [--records N]`: every reader until N records have come out of it, without a crash.

What broke a reader stays in .cache/fuzz/, and is read again with `python -m fuzz.harness NAME 1 /dev/null FILE`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from fuzz.seeds import archives, seeds

KEPT = Path(".cache") / "fuzz"
LONGEST_SECONDS = 3600  # the reader ends itself after half of it, unless one input holds it up
LIMITS = ("-max_len=65536", "-timeout=30", "-rss_limit_mb=3000", "-verbosity=0", "-print_final_stats=0")


def main() -> int:
    """Run the readers one after another; 1 when one of them broke."""
    starts: Mapping[str, tuple[bytes, ...]] = {**seeds(), "expanding": archives()}
    asked = argparse.ArgumentParser(prog="python -m fuzz", description="Fuzz everything that reads files.")
    asked.add_argument("names", nargs="*", metavar="NAME", choices=[*starts, []], help="a format, or `expanding`")
    asked.add_argument("--records", type=int, default=40_000, help="records to read with each")
    given = asked.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    total, broken = 0, []
    for name in given.names or starts:
        told = _run(name, given.records, starts[name])
        total += told.get("records", 0)
        broken += [] if told else [name]
        sys.stdout.write(_line(name, told))
        sys.stdout.flush()
    sys.stdout.write(
        f"{total:,} records over {len(given.names or starts)} readers; broken: {', '.join(broken) or 'none'}\n"
    )
    return int(bool(broken))


def _run(name: str, records: int, starts: tuple[bytes, ...]) -> dict[str, int]:
    """What one reader read; empty when it broke, with the end of what was said on standard error."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, tally = Path(folder) / "corpus", Path(folder) / "tally.json"
        corpus.mkdir()
        for number, content in enumerate(starts):
            (corpus / f"{number}").write_bytes(content)
        words = [name, str(records), str(tally), str(corpus), f"-artifact_prefix={KEPT / name}-", *LIMITS]
        try:
            ran = subprocess.run(  # noqa: S603 - our own code, under the interpreter that runs us
                [sys.executable, "-m", "fuzz.harness", *words],
                capture_output=True,
                timeout=LONGEST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            sys.stderr.write(f"{name} did not end within {LONGEST_SECONDS} seconds\n")
            return {}
        if tally.exists():
            return dict(json.loads(tally.read_text(encoding="utf-8")))
        sys.stderr.write(ran.stderr.decode("utf-8", "replace")[-3000:])
        return {}


def _line(name: str, told: Mapping[str, float]) -> str:
    if not told:
        return f"{name:<28} BROKEN, see {KEPT}\n"
    return f"{name:<28} {told['records']:>9,} records of {told['inputs']:>8,} files in {told['seconds']:>6.0f} s\n"


if __name__ == "__main__":
    sys.exit(main())
