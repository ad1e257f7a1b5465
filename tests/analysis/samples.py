"""Messages, corpora and vectors to test with."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from random import Random

import numpy as np
from numpy.typing import NDArray

from analysis import Annotator, Corpus, Finding, Languages, corpus
from ingest import Kind, Message
from stemwacht.demo.consultation import consultation
from stemwacht.demo.letter import Campaigns, Truth

START = datetime(2026, 11, 2, 8, tzinfo=UTC)


@cache
def annotator() -> Annotator:
    return Annotator(Languages(("nl", "en", "de", "fr")))


def message(number: int, text: str, **fields: object) -> Message:
    """A post, an hour after the one of the number before."""
    said: dict[str, object] = {
        "id": f"m_{number:06}",
        "source": "test",
        "native_id": str(number),
        "kind": "post",
        "text": text,
        "text_written": text,
        "author": f"a{number}",
        "published": START + timedelta(hours=number),
        "published_precision": "second",
    }
    return Message(**{**said, **fields})  # type: ignore[arg-type]  # the fields are a test's own


def posts(texts: Sequence[str], kind: Kind = "post") -> list[Message]:
    return [message(number, text, kind=kind) for number, text in enumerate(texts)]


def read(messages: Sequence[Message], batch: int = 10**6) -> Corpus:
    parts = [messages[at : at + batch] for at in range(0, len(messages), batch)]
    return corpus(messages, [annotator().annotate(part) for part in parts])


def letters(seed: int, organic: int, planted: Sequence[Campaigns] = ()) -> tuple[list[Message], Mapping[str, Truth]]:
    """A consultation's letters, and the truth about the planted ones by message id."""
    written = consultation(seed, organic, planted)
    messages = [
        message(
            number,
            letter.text,
            kind="letter",
            author=letter.name,
            published=datetime.combine(letter.date, time(), UTC),
            published_precision="day",
        )
        for number, letter in enumerate(written)
    ]
    truth = {m.id: letter.truth for m, letter in zip(messages, written, strict=True) if letter.truth is not None}
    return messages, truth


def members(finding: Finding) -> set[str]:
    return {member.message_id for member in finding.members}


def family_of(findings: Sequence[Finding], message_id: str) -> Finding:
    return next(finding for finding in findings if message_id in members(finding))


def unit(vectors: NDArray[np.float64]) -> NDArray[np.float32]:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def vectors_of(texts: Sequence[str], meanings: Mapping[str, str], seed: int = 0) -> NDArray[np.float32]:
    """Unit vectors: texts of one topic lie near each other, texts of one meaning nearer still."""
    topic = np.random.default_rng(seed).normal(size=64)
    rows = []
    for text in texts:
        own = _directions(text)
        shared = _directions(meanings[text]) if text in meanings else own
        rows.append(0.6 * topic + shared + 0.25 * own)
    return unit(np.array(rows).reshape(len(texts), 64))


def _directions(name: str) -> NDArray[np.float64]:
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return np.random.default_rng(int.from_bytes(digest, "little")).normal(size=64)


def chatter(number: int, seed: int, words: int = 20, vocabulary: int = 3_000) -> list[str]:
    """Unrelated texts: words drawn by Zipf's law."""
    random = Random(seed)
    weights = [1 / rank for rank in range(1, vocabulary + 1)]
    names = [f"w{rank}" for rank in range(vocabulary)]
    said = [random.choices(names, weights, k=random.randint(words // 2, 2 * words)) for _ in range(number)]
    return [". ".join(" ".join(text[at : at + 9]) for at in range(0, len(text), 9)) + "." for text in said]
