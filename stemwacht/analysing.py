"""Messages become findings, the whole window at once: vectors, families, letters, narratives, and what accounts do."""

from collections.abc import Sequence

import msgspec

from analysis import AnnotatedBatch, Corpus, Embedder, Finding, Narrative, corpus, narratives
from analysis.detectors import families, letters
from ingest import Message
from stemwacht.activity import Activity, observe
from stemwacht.config import Settings
from stemwacht.stages import Stages
from stemwacht.vectors import vectors_of
from store import Store


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in a window: `findings` are families of texts, `activity` is what accounts do."""

    findings: tuple[Finding, ...]
    activity: Activity
    narratives: tuple[Narrative, ...]
    wordings: int
    notes: tuple[str, ...]

    @property
    def every_finding(self) -> tuple[Finding, ...]:
        """Families, networks and bursts."""
        return (*self.findings, *self.activity.findings)


def analyse(
    messages: Sequence[Message],
    batches: Sequence[AnnotatedBatch],
    store: Store,
    embedder: Embedder | None,
    stages: Stages,
    settings: Settings,
    *,
    consulted_texts: Sequence[str] = (),
) -> Analysis:
    """Findings and narratives of the messages, under these settings; `batches` are their
    annotations in the same order.
    """
    window = corpus(messages, batches)
    vectors = None
    if embedder is not None and window.messages:
        with stages.stage("embed", "reading what the texts mean"):
            vectors = vectors_of(store, embedder, window.text_ids, window.texts, stages.told)
    with stages.stage("families", "finding families"):
        found = families.detect(window, vectors, q_max=settings.families.q_max, consulted_texts=consulted_texts)
    with stages.stage("letters", "recovering templates"):
        found = letters.detect(window, found)
    told: list[Narrative] = []
    if vectors is not None:
        with stages.stage("narratives", "drawing narratives"):
            told = narratives(window, vectors, found)
    with stages.stage("activity", "looking at what accounts do"):
        activity = observe(messages, found, settings)
    return Analysis(
        findings=tuple(found),
        activity=activity,
        narratives=tuple(told),
        wordings=len(window.texts),
        notes=_notes(window, embedder),
    )


def _notes(window: Corpus, embedder: Embedder | None) -> tuple[str, ...]:
    if embedder is None:
        return ("No model was used: rewordings and translations were not looked for.",)
    spoken: dict[str, int] = {}
    for annotation in window.annotations:
        spoken[annotation.language] = spoken.get(annotation.language, 0) + 1
    unknown = {code: n for code, n in spoken.items() if code not in embedder.languages and code != "und"}
    if not embedder.languages:
        return ()
    return tuple(
        f"The model {embedder.name} was not made for language '{code}' ({count} messages): "
        "rewordings and translations in it may be missed; copies and templates are found all the same."
        for code, count in sorted(unknown.items(), key=lambda item: -item[1])
        if count >= 5
    )
