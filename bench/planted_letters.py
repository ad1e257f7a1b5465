"""One generated consultation, its findings held against what was planted."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from analysis import Finding
from analysis.detectors import families, letters
from bench.machine import Clock, peak_memory
from bench.windows import Said, Vectors, family_of, messages, window
from stemwacht.demo import Campaigns, Language, Letter, consultation, pair_scores


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """A consultation: its language, seed, independent letters and campaigns; `work` keeps vectors, None takes none."""

    language: Language
    seed: int
    organic: int
    planted: tuple[Campaigns, ...]
    work: Path | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came out. Shares are 0 to 1; pair figures are precision, recall, F1; seconds by stage; memory in MB.

    A campaign is found when at least half of its letters are in one family. `organic` counts independent letters in
    any family, `told` those in families of five and more at q <= .01.
    """

    found: float
    found_by_kind: dict[str, float]
    organic: int
    told: int
    pairs: tuple[float, float, float]
    umbrella_pairs: tuple[float, float, float]
    campaigns: int
    campaigns_found: int
    clock: str
    memory: float
    examples: tuple[str, ...]


def judged(setting: Setting) -> Outcome:
    """Write the letters, find families and templates, and compare."""
    clock = Clock()
    written = consultation(setting.seed, setting.organic, setting.planted, language=setting.language)
    said = [
        Said(key=one.id, text=one.text, kind="letter", language=setting.language, author=one.name) for one in written
    ]
    found = messages("consultation", said)
    with clock.stage("annotate"):
        corpus = window(found)
    vectors = None
    if setting.work is not None:
        keeper = Vectors(setting.work)
        with clock.stage("embed (0: kept)"):
            vectors = keeper.of(corpus)
        keeper.close()
    with clock.stage("families"):
        findings = families.detect(corpus, vectors)
    with clock.stage("letters"):
        findings = letters.detect(corpus, findings)
    return _compared(written, [message.id for message in found], findings, str(clock), peak_memory())


def _compared(
    written: Sequence[Letter], ids: Sequence[str], findings: Sequence[Finding], clock: str, memory: float
) -> Outcome:
    family, truth = family_of(findings), [letter.truth for letter in written]
    labels = [family.get(identity) for identity in ids]
    bank = {finding.id: finding.umbrella or finding.id for finding in findings}
    shown = {finding.id for finding in findings if finding.messages >= 5 and finding.chance.q <= 0.01}
    planted = [(t, label) for t, label in zip(truth, labels, strict=True) if t is not None]
    sizes = Counter(t.campaign for t, _ in planted)
    held = Counter((t.campaign, label) for t, label in planted if label)
    whole = {campaign for (campaign, _), count in held.items() if 2 * count >= sizes[campaign]}
    kinds = Counter(t.kind for t, _ in planted)
    right = Counter(t.kind for t, label in planted if label)
    caught = [label for t, label in zip(truth, labels, strict=True) if t is None and label]
    return Outcome(
        found=right.total() / max(kinds.total(), 1),
        found_by_kind={kind: right[kind] / count for kind, count in kinds.items()},
        organic=len(caught),
        told=sum(label in shown for label in caught),
        pairs=pair_scores([t and t.campaign for t in truth], labels),
        umbrella_pairs=pair_scores(
            [t and (t.umbrella or t.campaign) for t in truth], [bank.get(x or "") for x in labels]
        ),
        campaigns=len(sizes),
        campaigns_found=len(whole),
        clock=clock,
        memory=memory,
        examples=tuple(_examples(written, labels)),
    )


def _examples(written: Sequence[Letter], labels: Sequence[str | None]) -> list[str]:
    """What went wrong: families that mix campaigns, campaigns in parts, independent letters caught, letters missed."""
    inside: dict[str, Counter[str]] = {}
    parts: dict[str, Counter[str]] = {}
    for letter, label in zip(written, labels, strict=True):
        campaign = letter.truth.campaign if letter.truth else "independent"
        parts.setdefault(campaign, Counter())[label or "none"] += 1
        if label:
            inside.setdefault(label, Counter())[campaign] += 1
    mixed = [gold for gold in inside.values() if len(gold) > 1]
    parted = {name: held for name, held in parts.items() if len(held) > 1 and name != "independent"}
    shown = [f"joined: {dict(gold.most_common(4))}" for gold in _worst(mixed)]
    shown += [
        f"parted: {name} into {sorted(held.values())[::-1][:6]}"
        for name, held in parted.items()
        if held in _worst(list(parted.values()))
    ]
    return shown


def _worst(counts: list[Counter[str]]) -> list[Counter[str]]:
    return sorted(counts, key=lambda held: max(held.values()) - held.total())[:3]
