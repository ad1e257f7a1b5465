"""Families that raised no alert, and why."""

from alerts.report.blocks import Block, Section, Text, table
from alerts.report.data import FamilyRow, ReportData
from alerts.report.edition import SMALLEST_SHOWN, Edition
from alerts.report.speech import Speech
from alerts.report.vocabulary import STANDING, word
from alerts.report.wording import sentence

LONGEST_PHRASE = 90  # characters


def families_section(data: ReportData, speech: Speech, edition: Edition) -> Section:
    """Explained families and those below the bar, largest first, down to the smallest size that may be shown."""
    say = speech.say
    rows = [row for row in data.families if row.status.status in {"explained", "below the bar"}]
    blocks: list[Block] = [
        Text(
            say(
                "Many messages agree for innocent reasons: a headline that is shared, a quotation, a polite phrase. "
                "Families with such an explanation, or that stay below the bar, raise no alert. They are listed so "
                "that the "
                "reader can judge whether that is right."
            )
        )
    ]
    if not rows:
        blocks.append(Text(say("There were none.")))
        return Section("families", say("Families without an alert"), tuple(blocks))
    listed = [row for row in rows if row.finding.messages >= SMALLEST_SHOWN]
    listed.sort(key=lambda row: (-row.finding.messages, row.finding.id))
    shown = listed[: edition.rows]
    if shown:
        blocks.append(_table(shown, speech))
    blocks.append(Text(_rest(len(listed) - len(shown), len(rows) - len(listed), speech), "note"))
    return Section("families", say("Families without an alert"), tuple(blocks))


def _table(rows: list[FamilyRow], speech: Speech) -> Block:
    say = speech.say
    cells = [
        (
            _phrase(row, speech),
            word(speech, STANDING, row.status.status),
            " ".join(sentence(speech, reason) for reason in row.status.reasons) or "–",
            speech.number(row.finding.messages),
            speech.say("not stated") if row.finding.senders is None else speech.number(row.finding.senders),
            "q " + speech.probability(row.finding.chance.q),
        )
        for row in rows
    ]
    columns = (say("What the messages share"), say("Standing"), say("Reason"))
    figures = (say("Messages"), say("Senders"), say("Against chance"))
    return table(say("Families that raised no alert, largest first"), columns + figures, [*cells], numeric=3)


def _phrase(row: FamilyRow, speech: Speech) -> str:
    text = next((phrase for phrase in row.finding.shared if phrase.strip()), "")
    if not text:
        return speech.say("family {id}", id=row.finding.id[:12])
    return text if len(text) <= LONGEST_PHRASE else text[:LONGEST_PHRASE].rsplit(" ", 1)[0] + " …"


def _rest(unlisted: int, small: int, speech: Speech) -> str:
    sentences = []
    if unlisted:
        sentences.append(speech.say_n("{count} more is not listed.", "{count} more are not listed.", unlisted))
    if small:
        sentences.append(
            speech.say_n(
                "{count} family of fewer than {smallest} messages is counted but never listed.",
                "{count} families of fewer than {smallest} messages are counted but never listed.",
                small,
                smallest=str(SMALLEST_SHOWN),
            )
        )
    sentences.append(speech.say("The file families.csv has them all."))
    return " ".join(sentences)
