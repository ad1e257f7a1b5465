"""How sure we are that the messages share one origin: a number from 0 to 100 and its word on the estimative scale."""

from collections.abc import Sequence
from math import log2, log10

from alerts.alert import BenignCheck
from analysis import Finding

# Intelligence Community Directive 203, the scale of MISP's estimative-language taxonomy: word, up to and including.
SCALE = (
    ("almost no chance", 5),
    ("very unlikely", 20),
    ("unlikely", 45),
    ("roughly even chance", 55),
    ("likely", 80),
    ("very likely", 95),
    ("almost certain", 100),
)
LEAST, MOST = 5, 97


def confidence(
    finding: Finding, relation: str, benign: Sequence[BenignCheck], *, times_known: bool, gaps: int, also: int = 0
) -> int:
    """0 to 100 from the q-value, the size and the innocent explanations; a table for people, not a probability.

    From 60 at q = 0.01 to 85 at q = 1e-6 and below; up to 12 for size (5 senders 0, 160 or more 12); 5 for each other
    detector that saw the campaign, 10 at most. Less 5 for paraphrase or translation, whose evidence is softer; 10 where
    senders are unknown; 5 where times are; 5 for coverage gaps; 15 for each innocent explanation that is supported (one
    that only informs, or there were no alert), 3 for each that could not be judged, 9 at most. Never under 5 nor over
    97: nothing here is beyond doubt.
    """
    strength = min(max(-log10(max(finding.chance.q, 1e-12)), 0.0), 6.0)
    score = 47.5 + 6.25 * strength
    size = finding.senders if finding.senders is not None else finding.messages
    score += 12 * min(1.0, max(0.0, log2(max(size, 1) / 5) / 5))
    score -= 5 if relation in {"paraphrase", "translation"} else 0
    score += min(10, 5 * also)
    score -= 10 if finding.senders is None else 0
    score -= 0 if times_known else 5
    score -= 5 if gaps else 0
    score -= 15 * sum(check.verdict == "supported" for check in benign)
    score -= min(9, 3 * sum(check.verdict == "could not be judged" for check in benign))
    return round(min(max(score, LEAST), MOST))


def in_words(number: int) -> str:
    """The word for a confidence of 0 to 100."""
    return next(word for word, up_to in SCALE if number <= up_to)
