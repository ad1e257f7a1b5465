"""Files onto the log: messages with pseudonyms, and the ledger of what was read."""

from collections.abc import Sequence
from datetime import UTC, datetime

from ingest import MESSAGES, Coverage, Intake, Understanding, Unopened, message_record
from ingest.log import Log
from stemwacht import wiring
from stemwacht.config import Settings
from stemwacht.ledgers import keep_ledgers
from stemwacht.stages import Stages
from store import Store


def ingest_files(
    understood: Sequence[Understanding],
    log: Log,
    store: Store,
    settings: Settings,
    stages: Stages,
    *,
    unopened: Sequence[Unopened] = (),
) -> tuple[Coverage, ...]:
    """Append every message of the files to the log; rejects, and files not read, stand beside the log file.

    Returns the ledger.
    """
    folder = settings.paths.log.parent
    intake = Intake(wiring.pseudonyms(settings), folder / "rejects.jsonl")
    for file in unopened:
        intake.refuse(file.file, file.reason, file.fix)
    done = 0
    with stages.stage("read", "reading"):
        for one in understood:
            for messages in intake.read(one, batch=settings.ingest.batch):
                log.append(MESSAGES, [message_record(message) for message in messages])
                done += len(messages)
                stages.told(done, None)
    intake.close()
    coverage = tuple(intake.coverage())
    keep_ledgers(store, [one.path for one in understood], coverage, datetime.now(UTC))
    return coverage
