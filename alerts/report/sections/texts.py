"""The texts of an alert: what is shared, the letter with its blanks, two examples, the list of messages."""

from alerts.alert import Alert
from alerts.report.blocks import Block, Fold, Items, Letter, Quote, Span, Text, table
from alerts.report.edition import SMALLEST_SHOWN, Edition
from alerts.report.speech import Speech
from alerts.report.vocabulary import RELATION, word
from analysis import Slot, Template

LONGEST_EXAMPLE = 1_500  # characters
VALUES_SHOWN = 4


def text_blocks(alert: Alert, speech: Speech) -> tuple[Block, ...]:
    """What the messages share and where they differ; texts in another language than the report say which."""
    say = speech.say
    lang = foreign(alert.languages, speech)
    blocks: list[Block] = []
    if alert.template is not None:
        blocks.extend(_letter(alert.template, lang, speech))
    elif alert.shared:
        blocks.append(Text(say("In the words of the messages:")))
        blocks.append(Items(alert.shared, lang=lang))
    if alert.differs:
        blocks.append(Text(say("What differs:")))
        blocks.append(Items(alert.differs, lang=lang))
    for index, text in enumerate(alert.examples[:2], start=1):
        blocks.append(Quote(say("Example {number}", number=str(index)), _shortened(text), lang))
    if alert.examples:
        scrubbed = say(
            "Handles, addresses and the names of senders have been taken out of the examples where recognised."
        )
        blocks.append(Text(scrubbed, "note"))
    return tuple(blocks) or (Text(say("No text can be shown.")),)


def foreign(languages: tuple[tuple[str, int], ...], speech: Speech) -> str | None:
    """The main language of the texts, where it is not the report's own."""
    return languages[0][0] if languages and languages[0][0] != speech.lang else None


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_EXAMPLE else text[:LONGEST_EXAMPLE].rsplit(" ", 1)[0] + " […]"


def _letter(template: Template, lang: str | None, speech: Speech) -> tuple[Block, ...]:
    say = speech.say
    spans = tuple(
        Span(part) if isinstance(part, str) else Span(say("blank {number}", number=str(part + 1)), part + 1)
        for part in template.parts
    )
    intro = say(
        "{letters} follow one letter; on average {share} of a message is its fixed text.",
        letters=speech.say_n("{count} message", "{count} messages", template.letters),
        share=speech.percent(template.fixed_share),
    )
    blocks: list[Block] = [Text(intro), Letter(say("The letter, with its blanks marked"), spans, lang)]
    if template.slots:
        rows = [_slot(slot, speech) for slot in template.slots]
        columns = (say("Blank"), say("Filled in most often (messages)"), say("Different fillings"))
        note = say("Only what at least {number} messages filled in is shown.", number=str(SMALLEST_SHOWN))
        blocks.append(table(say("How the blanks are filled"), columns, [*rows], numeric=1, note=note))
    return tuple(blocks)


def _slot(slot: Slot, speech: Speech) -> tuple[str, str, str]:
    common = [(value, number) for value, number in slot.values if number >= SMALLEST_SHOWN][:VALUES_SHOWN]
    empty = speech.say("(left empty)")
    shown = "; ".join(f"{value or empty} ({speech.number(number)})" for value, number in common)
    return (
        speech.say("blank {number}", number=str(slot.index + 1)),
        shown or speech.say("differs in nearly every message"),
        speech.number(slot.fillings or len(slot.values)),
    )


def evidence_fold(alert: Alert, speech: Speech, edition: Edition) -> Block:
    """Message ids with the hashes of their texts, up to the edition's cap, with the count of all."""
    say = speech.say
    when = speech.short_day if alert.peak is None else speech.moment
    shown = alert.evidence[: edition.evidence]
    rows = [
        (
            entry.message_id,
            word(speech, RELATION, entry.relation),
            speech.number(entry.similarity, 3),
            "–" if entry.published is None else when(entry.published),
            entry.source,
            entry.text_sha256 if edition.full_hashes else entry.text_sha256[:16] + "…",
        )
        for entry in shown
    ]
    columns = (
        say("Message"),
        say("Relation"),
        say("Similarity"),
        say("Published"),
        say("Source"),
        say("SHA-256 of the text"),
    )
    count = say(
        "{shown} of {all} messages; all stand in the file alerts.json.",
        shown=speech.number(len(shown)),
        all=speech.number(len(alert.evidence)),
    )
    listing = table(say("Messages of this alert and the hashes of their texts"), columns, [*rows], note=count)
    return Fold(say("Messages and hashes: {count}", count=count), (listing,))
