"""The words of the report explained."""

from alerts.report.blocks import Facts, Section
from alerts.report.speech import Speech


def glossary_section(speech: Speech) -> Section:
    """Terms and their meaning, in the order of the alphabet of the reader's language."""
    say = speech.say
    rows = (
        (say("Alert"), say("A family that a person should look at: a reason to check, not a verdict.")),
        (
            say("Attribution"),
            say("Saying who is behind something. Only a person can write one; the software never does."),
        ),
        (say("Blank"), say("A place in a model letter that senders fill in themselves, such as a town.")),
        (
            say("Burst"),
            say("Many more messages within a short time than the rhythm of the source would lead one to expect."),
        ),
        (
            say("Confidence"),
            say("How sure the software is that the messages belong together on purpose, in words and from 0 to 100."),
        ),
        (say("Coverage gap"), say("A stretch in which a source brought nothing or was not read.")),
        (
            say("Declared campaign"),
            say("A campaign that said who it is and which text it spreads, and stands in the register."),
        ),
        (
            say("DISARM"),
            say(
                "An international list of techniques of influence. A technique is a way of working, not an accusation."
            ),
        ),
        (
            say("Evidence"),
            say("The messages of an alert, each with a hash of its text, so that a copy can be checked against it."),
        ),
        (say("Family"), say("Messages that say the same: copies, one letter with blanks, rewordings or translations.")),
        (say("Hash"), say("A fingerprint of a text; the smallest change in the text gives another one.")),
        (
            say("Message"),
            say("A post or a letter. One record can stand for several messages that were handed in together."),
        ),
        (say("Narrative"), say("Messages that tell the same story, each in words of its own.")),
        ("p", say("The chance that independent senders would agree at least this much.")),
        ("q", say("p corrected for the number of families tested: the share of false alarms to expect at this level.")),
        (say("Pseudonym"), say("A code in the place of a name, made with a secret key.")),
        (say("Rewording"), say("A text that says the same as another in other words.")),
    )
    return Section("glossary", say("Glossary"), (Facts(tuple(sorted(rows, key=lambda row: row[0].casefold()))),))
