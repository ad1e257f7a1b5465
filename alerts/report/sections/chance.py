"""An alert against chance: what was observed, what chance would give, and how likely that is."""

from alerts.alert import Alert
from alerts.report.blocks import Block, Facts, Text
from alerts.report.speech import Speech
from alerts.report.vocabulary import STATISTIC, word
from alerts.report.wording import sentence


def chance_blocks(alert: Alert, speech: Speech) -> tuple[Block, ...]:
    """The statistic in a sentence, its meaning, the chance model, p and q."""
    say, chance = speech.say, alert.chance
    told = {
        "observed": speech.number(chance.observed, 2),
        "statistic": _said(chance.statistic, STATISTIC, speech),
        "expected": say("fewer than one in a million") if chance.expected < 1e-6 else speech.decimal(chance.expected),
    }
    words = (
        say("Observed: {observed} ({statistic}). By chance {expected} is expected.", **told)
        if alert.network or alert.burst
        else say(
            "Observed: {observed} ({statistic}). Among as many independent senders {expected} such families are "
            "expected.",
            **told,
        )
    )
    meaning = say(
        "Of all alerts at this level, fewer than {share} are expected to be chance.", share=_share(chance.q, speech)
    )
    return (
        Text(f"{words} {meaning}"),
        Facts(
            (
                (say("Chance model"), _said(chance.null, {}, speech)),
                (say("p and q"), f"p {speech.probability(chance.p)}; q {speech.probability(chance.q)}"),
            )
        ),
    )


def _said(text: str, words: dict[str, str], speech: Speech) -> str:
    """In the reader's words: from the list, else as a sentence, else as the catalogue has it."""
    if text in words:
        return word(speech, words, text)
    said = sentence(speech, text)
    return speech.term(text) if said == text else said


def _share(q: float, speech: Speech) -> str:
    if q >= 0.001:
        return speech.percent(q + 0.0005)
    return speech.say("1 in {number}", number=speech.number(min(1_000_000, round(1 / max(q, 1e-6)))))
