"""One alert in full: what a reader needs to check it, in the order in which he would ask."""

from alerts.alert import Alert
from alerts.report.blocks import Block, Facts, Group, Items, Text, Tiles, table
from alerts.report.edition import Edition
from alerts.report.sections.accounts import account_blocks
from alerts.report.sections.chance import chance_blocks
from alerts.report.sections.coverage import gap_table
from alerts.report.sections.texts import evidence_fold, text_blocks
from alerts.report.sections.timeline import timeline_chart
from alerts.report.speech import Speech
from alerts.report.vocabulary import (
    ATTRIBUTION,
    BENIGN,
    CAMPAIGN_AXIS,
    CONFIDENCE,
    EVENT,
    IDENTITY_AXIS,
    STATUS,
    TEXT_AXIS,
    TIMING_AXIS,
    VERDICT,
    word,
)


def anchor(alert: Alert) -> str:
    """The place of this alert in the report."""
    return f"alert-{alert.id}"


def alert_group(alert: Alert, speech: Speech, edition: Edition) -> Group:
    """The alert with everything that promise 4 asks of it."""
    place = anchor(alert)
    parts: tuple[tuple[str, str, tuple[Block, ...]], ...] = (
        ("accounts", speech.say("Accounts that act together"), account_blocks(alert, speech, edition)),
        ("text", speech.say("What the messages share"), text_blocks(alert, speech)),
        ("chance", speech.say("Against chance"), chance_blocks(alert, speech)),
        ("benign", speech.say("Innocent explanations looked at"), _benign(alert, speech)),
        ("limits", speech.say("What could not be judged"), _limits(alert, speech)),
        ("assessment", speech.say("Assessment and review"), _assessment(alert, speech)),
        ("evidence", speech.say("Evidence"), (evidence_fold(alert, speech, edition),)),
    )
    blocks: list[Block] = [_axes(alert, speech), Text(_size(alert, speech))]
    chart = timeline_chart(alert, speech, edition)
    if chart is not None:
        blocks.append(chart)
    blocks.extend(Group(f"{place}-{key}", title, 4, body) for key, title, body in parts if body)
    return Group(place, alert.title, 3, tuple(blocks))


def _axes(alert: Alert, speech: Speech) -> Tiles:
    say, axes = speech.say, alert.axes
    return Tiles(
        (
            (say("Text"), word(speech, TEXT_AXIS, axes.text)),
            (say("Campaign"), word(speech, CAMPAIGN_AXIS, axes.campaign)),
            (say("Identity"), word(speech, IDENTITY_AXIS, axes.identity)),
            (say("Timing"), word(speech, TIMING_AXIS, axes.timing)),
        ),
        "axes",
    )


def _size(alert: Alert, speech: Speech) -> str:
    say = speech.say
    sentences = [
        say(
            "{messages} in {texts}, {senders}.",
            messages=speech.say_n("{count} message", "{count} messages", alert.messages),
            texts=speech.say_n("{count} wording", "{count} different wordings", alert.texts),
            senders=say("senders not stated")
            if alert.senders is None
            else speech.say_n("from {count} sender", "from {count} senders", alert.senders),
        )
    ]
    if alert.window_start is not None and alert.window_end is not None:
        when = speech.day if alert.peak is None else speech.moment
        sentences.append(
            say("Published from {start} to {end}.", start=when(alert.window_start), end=when(alert.window_end))
        )
    if alert.peak is not None:
        sentences.append(say("At most {peak} within one hour.", peak=speech.number(alert.peak)))
    sentences.append(_where(alert, speech))
    return " ".join(sentences)


def _where(alert: Alert, speech: Speech) -> str:
    say = speech.say
    none = say("not stated")
    return say(
        "Sources: {sources}. Channels: {channels}. Languages: {languages}.",
        sources=_listed(alert.sources, speech) or none,
        channels=_listed(alert.channels, speech) or none,
        languages=_listed(tuple((speech.language(code), n) for code, n in alert.languages), speech) or none,
    )


def _listed(counts: tuple[tuple[str, int], ...], speech: Speech) -> str:
    return ", ".join(f"{name} ({speech.number(number)})" for name, number in counts[:6])


def _benign(alert: Alert, speech: Speech) -> tuple[Block, ...]:
    say = speech.say
    blocks: list[Block] = []
    if alert.benign:
        rows = [
            (word(speech, BENIGN, check.name), word(speech, VERDICT, check.verdict), check.reason)
            for check in alert.benign
        ]
        columns = (say("Explanation"), say("Does the evidence speak for it?"), say("Because"))
        blocks.append(table(say("Innocent explanations"), columns, [*rows]))
    else:
        blocks.append(Text(say("The rule names no innocent explanation to check.")))
    if alert.known_false_positives:
        blocks.append(Text(say("This rule is known to err on:")))
        blocks.append(Items(alert.known_false_positives))
    return tuple(blocks)


def _limits(alert: Alert, speech: Speech) -> tuple[Block, ...]:
    say = speech.say
    blocks: list[Block] = [
        Items(alert.not_judged) if alert.not_judged else Text(say("The data allowed every check of this rule."))
    ]
    if alert.coverage_gaps:
        blocks.append(gap_table([*alert.coverage_gaps], say("Gaps in the coverage that touch this alert"), speech))
    return tuple(blocks)


def _assessment(alert: Alert, speech: Speech) -> tuple[Block, ...]:
    say = speech.say
    rows: list[tuple[str, str]] = [
        (
            say("Confidence"),
            say(
                "{word} ({number} of 100)",
                word=word(speech, CONFIDENCE, alert.confidence_word),
                number=str(alert.confidence),
            ),
        ),
        (say("Attribution"), word(speech, ATTRIBUTION, alert.attribution)),
        (say("Technique (DISARM)"), ", ".join(alert.disarm) or say("none")),
        (say("Review"), word(speech, STATUS, alert.status)),
        (say("Rule"), say("{rule}, version {version}", rule=alert.rule, version=alert.rule_version)),
        (say("Detector"), say("{rule}, version {version}", rule=alert.detector, version=alert.detector_version)),
        (say("Alert and family"), f"{alert.id} / {alert.finding_id}"),
        (say("Legal basis"), alert.legal_basis or say("not stated")),
        (say("Recipients"), ", ".join(alert.recipients) or say("none")),
        (say("Reply of those concerned"), alert.reply or say("none received")),
    ]
    blocks: list[Block] = [Facts(tuple(rows))]
    if alert.triage:
        blocks.append(Text(say("Steps for the reviewer:")))
        blocks.append(Items(alert.triage, ordered=True))
    if alert.history:
        blocks.append(_history(alert, speech))
    return tuple(blocks)


def _history(alert: Alert, speech: Speech) -> Block:
    say = speech.say
    rows = [
        (
            speech.moment(change.at),
            word(speech, EVENT, change.event),
            change.summary,
            _by(change.by, speech),
            change.reason or "–",
        )
        for change in sorted(alert.history, key=lambda change: change.at)
    ]
    columns = (say("When"), say("Event"), say("What"), say("By"), say("Reason"))
    return table(say("History of this alert"), columns, [*rows])


def _by(name: str, speech: Speech) -> str:
    """A reviewer's name stays in the review log: a published report says that it was a reviewer."""
    return "Stemwacht" if name == "stemwacht" else speech.say("a reviewer")
