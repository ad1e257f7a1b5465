"""The command line: `stemwacht scan FILE... --out DIR`, and what a monitor that runs for months needs."""

import gc
import sys

from stemwacht.cli import (  # noqa: F401 - they add their commands
    alerts,
    calibrate,
    config,
    deciding,
    demo,
    forget,
    formats,
    ingest,
    pull,
    replay,
    report,
    scan,
    setup,
    status,
    watch,
)
from stemwacht.cli.app import app
from stemwacht.cli.failures import failure


def main() -> None:
    """Run the command; an error becomes one line that names the fix and an exit code that scripts can use."""
    gc.freeze()  # what the imports made stays: to look for garbage among it takes a third of a scan's reading
    try:
        app()
    except Exception as error:
        told = failure(error)
        if told is None:
            raise
        sys.stderr.write(f"stemwacht: {told.words}\n")
        sys.exit(told.code)
