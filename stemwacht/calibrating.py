"""Calibration on a user's own data: what the test for accounts that share together gives by chance alone."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis import Calibration, calibrate, corpus
from analysis.detectors import families
from ingest import Intake, Understanding
from stemwacht import wiring
from stemwacht.config import Settings
from stemwacht.stages import Stages


def calibration_of(
    understood: Sequence[Understanding], settings: Settings, stages: Stages, *, permutations: int, seed: int
) -> Calibration:
    """Read the files, find families by wording (they are shared things too), and permute. Nothing is kept."""
    annotator = wiring.annotator(settings)
    with (
        TemporaryDirectory() as folder,
        closing(Intake(wiring.pseudonyms(settings), Path(folder) / "rejects.jsonl")) as intake,
        stages.stage("read", "reading"),
    ):
        batches = [part for one in understood for part in intake.read(one, batch=settings.ingest.batch)]
    annotated = [annotator.annotate(part) for part in batches]
    messages = [message for part in batches for message in part]
    with stages.stage("families", "finding families"):
        found = families.detect(corpus(messages, annotated), None, q_max=settings.families.q_max)
    with stages.stage("permute", "permuting"):
        return calibrate(
            messages,
            found,
            window_seconds=settings.sharing.window_seconds,
            permutations=permutations,
            seed=seed,
            q_max=settings.sharing.q_max,
        )
