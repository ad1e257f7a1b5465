"""An alert in the reader's language: what its rule says in both, and what is said in known forms."""

import re
from collections.abc import Sequence

import msgspec

from alerts.alert import Alert, BenignCheck, Change
from alerts.building import alert_title
from alerts.dutch_sentences import dutch
from alerts.report.speech import Speech
from alerts.rules import Rule, title

_FIELDS = (
    ("messages", r"\d+"),
    ("kind", r"\w+"),
    ("languages", r"\d+"),
    ("senders", r"\d+"),
    ("objects", r"\d+"),
)
_DECIMAL = re.compile(r"(?<![\d.])(?:\d+\.\d+(?:e-\d+)?|\d+e-\d+)(?![\d.]*\d)")


def worded(alert: Alert, rules: Sequence[Rule], speech: Speech) -> Alert:
    """The alert with title, steps and reasons in the language of `speech`; without its rule these stay as stored."""
    rule = next((rule for rule in rules if rule.id == alert.rule), None)
    own = rule.wording(speech.lang) if rule else None
    return msgspec.structs.replace(
        alert,
        title=alert_title(alert, rule, speech.lang) if rule else alert.title,
        triage=own.triage if own else alert.triage,
        known_false_positives=own.known_false_positives if own else alert.known_false_positives,
        benign=tuple(_check(check, speech) for check in alert.benign),
        not_judged=tuple(sentence(speech, text) for text in alert.not_judged),
        history=tuple(_change(change, alert, rule, speech) for change in alert.history),
    )


def sentence(speech: Speech, text: str) -> str:
    """What an alert or a status says in English, in the reader's language and with figures written as he does."""
    if speech.lang != "nl":
        return text
    said = dutch(text)
    return text if said == text else _DECIMAL.sub(lambda found: speech.decimal(float(found.group())), said)


def _check(check: BenignCheck, speech: Speech) -> BenignCheck:
    return msgspec.structs.replace(check, reason=sentence(speech, check.reason))


def _change(change: Change, alert: Alert, rule: Rule | None, speech: Speech) -> Change:
    """A raising repeats the title of its day, with the figures of that day."""
    said = None if rule is None else _raised(change.summary, alert, rule, speech)
    return msgspec.structs.replace(change, summary=said or sentence(speech, change.summary))


def _raised(summary: str, alert: Alert, rule: Rule, speech: Speech) -> str | None:
    form = re.escape(rule.en.title + ".")
    for name, pattern in _FIELDS:
        form = form.replace(re.escape(f"{{{name}}}"), f"(?P<{name}>{pattern})", 1)
    found = re.fullmatch(form, summary)
    if found is None:
        return None
    objects = len(alert.network.objects) if alert.network else 0
    figures = {"messages": alert.messages, "languages": len(alert.languages), "objects": objects}
    if alert.senders is not None:
        figures["senders"] = alert.senders
    figures |= {name: int(value) for name, value in found.groupdict().items() if name in figures}
    return title(rule, kind=alert.kind, language=speech.lang, **figures) + "."
