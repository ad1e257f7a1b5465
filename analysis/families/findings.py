"""Families of wordings become findings about messages."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.corpus import Corpus, when
from analysis.families import portrait
from analysis.families.explain import differing_words, key_words, shared_phrases
from analysis.families.grouping import Grouping
from analysis.families.joining import Group
from analysis.families.links import Links
from analysis.finding import Chance, Finding, Measure, Member, Relation, Variant
from analysis.letters import variants

COPY_FROM = 0.5
# Smaller families are never shown, so their wording is not looked into.
EXPLAINED_FROM = 5
_NULLS = {
    "surprise bits": (
        "independent writers on this topic, each sentence with the wording frequencies seen outside the family"
    ),
    "size of a group of close texts": (
        "groups of independent writers on this topic at the same closeness, whose sizes fall off geometrically"
    ),
    "local ratio of cosines": "independent writers on this topic, as alike as strangers' nearest texts in these data",
}


def findings(corpus: Corpus, grouping: Grouping, near: Links, *, version: str) -> list[Finding]:
    """One finding a family, by its id."""
    by_wording = _by_wording(corpus)
    umbrellas = _umbrella_ids(corpus, grouping.groups, by_wording)
    found = [
        _finding(corpus, group, near, by_wording, umbrella=umbrellas.get(group.umbrella), version=version)
        for group in grouping.groups
    ]
    return sorted(found, key=lambda finding: finding.id)


def family_id(first_message_id: str) -> str:
    """The id of the family whose earliest message this is."""
    return "f_" + first_message_id.removeprefix("m_")


def _by_wording(corpus: Corpus) -> list[NDArray[np.int64]]:
    """The messages of each wording, earliest first."""
    order = np.argsort(corpus.wording, kind="stable")
    return np.split(order, np.cumsum(np.bincount(corpus.wording, minlength=len(corpus.texts)))[:-1])


def _umbrella_ids(corpus: Corpus, groups: list[Group], by_wording: list[NDArray[np.int64]]) -> dict[int, str]:
    first: dict[int, int] = {}
    for group in groups:
        if group.umbrella >= 0:
            earliest = min(int(by_wording[w][0]) for w in group.wordings)
            first[group.umbrella] = min(first.get(group.umbrella, earliest), earliest)
    return {number: "u_" + corpus.messages[at].id.removeprefix("m_") for number, at in first.items()}


def _finding(
    corpus: Corpus,
    group: Group,
    near: Links,
    by_wording: list[NDArray[np.int64]],
    *,
    umbrella: str | None,
    version: str,
) -> Finding:
    at = np.sort(np.concatenate([by_wording[w] for w in group.wordings]))
    messages = [corpus.messages[i] for i in at]
    spoken = [corpus.annotations[i].language for i in at]
    weights = [message.weight for message in messages]
    medoid = _medoid(group, near, by_wording)
    texts = [corpus.texts[w] for w in group.wordings]
    tongues = [corpus.annotations[int(by_wording[w][0])].language for w in group.wordings]
    first, last = portrait.span(messages)
    return Finding(
        id=family_id(min(messages, key=when).id),
        detector="families",
        detector_version=version,
        members=_members(corpus, group, near, by_wording, medoid),
        chance=_chance(group),
        medoid_id=corpus.messages[int(by_wording[medoid][0])].id,
        messages=sum(weights),
        texts=len(group.wordings),
        senders=portrait.senders(messages),
        first=first,
        last=last,
        peak=portrait.peak(messages),
        languages=portrait.counts(spoken, weights),
        channels=portrait.counts((m.channel for m in messages), weights),
        sources=portrait.counts((m.source for m in messages), weights),
        shared=_shared(corpus.texts[medoid], texts, tongues) if len(at) >= EXPLAINED_FROM else (),
        differs=differing_words(corpus.texts[medoid], texts, tongues) if len(at) >= EXPLAINED_FROM else (),
        umbrella=umbrella,
    )


def _shared(medoid: str, texts: Sequence[str], languages: Sequence[str]) -> tuple[str, ...]:
    """Shared phrases; where the members share none, the words that most of them use."""
    return shared_phrases(medoid, texts) or key_words(texts, languages)


def _medoid(group: Group, near: Links, by_wording: list[NDArray[np.int64]]) -> int:
    """The wording used most, then the one most like the others, then the first by id."""
    return int(max(group.wordings, key=lambda w: (len(by_wording[w]), round(float(near.strength[w]), 6), -int(w))))


def _chance(group: Group) -> Chance:
    return Chance(
        statistic=group.statistic,
        observed=round(group.observed, 3),
        expected=group.expected,
        p=group.p,
        q=group.q,
        null=_NULLS[group.statistic],
    )


def _members(
    corpus: Corpus, group: Group, near: Links, by_wording: list[NDArray[np.int64]], medoid: int
) -> tuple[Member, ...]:
    members = []
    shown = sum(len(by_wording[wording]) for wording in group.wordings) >= EXPLAINED_FROM
    for wording in group.wordings:
        copies = by_wording[wording]
        first = corpus.messages[int(copies[0])]
        marks = _marks(corpus, by_wording, int(wording), medoid) if shown else ()
        nearest = int(near.nearest[wording])
        members.append(
            Member(
                message_id=first.id,
                relation=_relation(corpus, near, by_wording, int(wording)),
                nearest_id=_nearest_id(corpus, by_wording, nearest, copies),
                similarity=round(float(near.similarity[wording]), 4) if nearest >= 0 else 1.0,
                measure=_measure(near, int(wording)),
                variants=marks,
            )
        )
        members.extend(
            Member(
                message_id=corpus.messages[int(copy)].id,
                relation="copy",
                nearest_id=first.id,
                similarity=1.0,
                measure="jaccard",
                variants=marks,
            )
            for copy in copies[1:]
        )
    return tuple(sorted(members, key=lambda member: member.message_id))


def _marks(corpus: Corpus, by_wording: list[NDArray[np.int64]], wording: int, medoid: int) -> tuple[Variant, ...]:
    if wording == medoid:
        return ()
    spoken = {corpus.annotations[int(by_wording[w][0])].language for w in (wording, medoid)} - {"und"}
    # Negations are counted language by language: between two languages their number says nothing.
    language = spoken.pop() if len(spoken) == 1 else None
    return variants(corpus.texts[wording], corpus.texts[medoid], language)


def _nearest_id(
    corpus: Corpus, by_wording: list[NDArray[np.int64]], nearest: int, copies: NDArray[np.int64]
) -> str | None:
    if nearest >= 0:
        return corpus.messages[int(by_wording[nearest][0])].id
    return corpus.messages[int(copies[1])].id if len(copies) > 1 else None


def _measure(near: Links, wording: int) -> Measure:
    return "cosine" if near.cosine[wording] else "jaccard"


def _relation(corpus: Corpus, near: Links, by_wording: list[NDArray[np.int64]], wording: int) -> Relation:
    nearest = int(near.nearest[wording])
    if nearest < 0:
        return "copy"
    if not near.cosine[wording]:
        return "copy" if near.similarity[wording] >= COPY_FROM else "paraphrase"
    here, there = (corpus.annotations[int(by_wording[w][0])].language for w in (wording, nearest))
    return "translation" if here != there and "und" not in (here, there) else "paraphrase"


def senders_per_wording(corpus: Corpus) -> NDArray[np.int64]:
    """By how many senders each wording was used; a message that names none counts as one."""
    pairs = {(int(w), m.author or m.id) for w, m in zip(corpus.wording, corpus.messages, strict=True)}
    used = np.fromiter((w for w, _ in pairs), dtype=np.int64)
    return np.maximum(np.bincount(used, minlength=len(corpus.texts)), 1)
