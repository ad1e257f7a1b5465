"""Texts written independently: which families of five and more come out, where next to none should."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis import Corpus, Finding
from analysis.detectors import families
from bench.section import Figure, Options, Section, plain
from bench.windows import Said, Vectors, messages, read_rows, window

LEAST = 5
Q_MAX = 0.01
SETS = ("german_citizens_cycling", "german_citizens_survey", "dutch_party_tweets")


def measure(data: Path, options: Options) -> Iterator[Section]:
    """Each set alone: the families of five and more messages with q <= .01, with their first words."""
    vectors = Vectors(options.work)
    try:
        for name in SETS:
            said = tweets(data) if name == "dutch_party_tweets" else contributions(data, name)
            corpus = window(messages(name, said))
            shown = told(families.detect(corpus, vectors.of(corpus), q_max=Q_MAX))
            yield Section(
                title=f"organic/{name}",
                figures=(plain("texts", f"{len(corpus):,}"), _figure(name, len(shown))),
                head=("messages", "wordings", "senders", "q", "statistic", "members begin"),
                rows=tuple(_row(corpus, finding) for finding in shown),
            )
    finally:
        vectors.close()


def contributions(data: Path, name: str) -> list[Said]:
    """A citizens' set as contributions: its sentences joined by document."""
    texts: dict[str, list[str]] = {}
    for row in read_rows(data / "organic" / f"{name}.csv.gz"):
        texts.setdefault(row["document_id"], []).append(row["content"])
    return [Said(key=key, text=" ".join(parts), language="de") for key, parts in texts.items()]


def tweets(data: Path) -> list[Said]:
    """The parties' tweets; each party is one sender."""
    rows = read_rows(data / "organic" / "dutch_party_tweets.csv.gz")
    return [Said(key=row["Unnamed: 0"], text=row["Tweet"], language="nl", author=row["Party"]) for row in rows]


def told(findings: Sequence[Finding]) -> list[Finding]:
    """The families that would be spoken of, largest first."""
    kept = [finding for finding in findings if finding.messages >= LEAST and finding.chance.q <= Q_MAX]
    return sorted(kept, key=lambda finding: (-finding.messages, finding.id))


def _figure(name: str, found: int) -> Figure:
    if name.startswith("german"):
        return Figure(what="families of 5 and more, q <= .01", value=str(found), bar="0", met=found == 0)
    return Figure(what="families of 5 and more, q <= .01", value=str(found), bar="only true repeats: read them below")


def _row(corpus: Corpus, finding: Finding) -> tuple[str, ...]:
    held = {member.message_id for member in finding.members}
    texts = [message.text for message in corpus.messages if message.id in held]
    begin = " / ".join(text[:70].strip() for text in texts[:4])
    chance = finding.chance
    senders = "unknown" if finding.senders is None else str(finding.senders)
    return str(finding.messages), str(finding.texts), senders, f"{chance.q:.1e}", chance.statistic, begin
