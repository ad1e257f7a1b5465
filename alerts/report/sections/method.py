"""How it was found, and how often the method is wrong."""

from alerts.report.blocks import Block, Group, Items, Section, Text, table
from alerts.report.data import ReportData
from alerts.report.speech import Speech


def method_section(data: ReportData, speech: Speech) -> Section:
    """The steps in plain words, the measured error rates, and what the method cannot see."""
    say = speech.say
    steps = (
        say("Messages are read; names, handles and addresses are replaced before anything is kept."),
        say("Messages with the same or nearly the same wording are found by comparing fingerprints of their words."),
        say(
            "Rewordings and translations are found by comparing the meaning of texts with a language model that runs "
            "locally."
        ),
        say(
            "How similar independent writers on the same topic are is measured in the data themselves. Only what "
            "agrees more "
            "than that becomes a family: sharing a topic is not enough."
        ),
        say("Another number, another date or a “not” marks a message as saying something else."),
        say(
            "For every family the chance that independent senders would agree so much is computed (p), and corrected "
            "for all families tested (q)."
        ),
        say(
            "A family becomes an alert if its rule says so: q at most 0.01, at least 5 messages of at least 3 "
            "senders, and "
            "no declared campaign or innocent explanation that accounts for it."
        ),
    )
    blocks: tuple[Block, ...] = (
        Items(steps, ordered=True),
        Group("error-rates", say("Measured error rates"), 3, _rates(data, speech)),
        Group("limits", say("What the method cannot see"), 3, (Items(_limits(speech)),)),
        Text(
            say(
                "Made with Stemwacht {version}, open-source software. The file run.json holds the configuration and "
                "the hashes "
                "of the inputs: enough to do it again and get the same result.",
                version=data.version,
            ),
            "note",
        ),
    )
    return Section("method", say("Method and error rates"), blocks)


def _rates(data: ReportData, speech: Speech) -> tuple[Block, ...]:
    say = speech.say
    if not data.error_rates:
        return (Text(say("No measured error rates came with this report. Read its alerts with that in mind.")),)
    rows = [(speech.term(rate.measured), speech.term(rate.data), speech.term(rate.figure)) for rate in data.error_rates]
    return (
        Text(say("These figures were measured on the texts named beside them. They may differ on other texts.")),
        table(say("Error rates of the method"), (say("Measured"), say("On which data"), say("Result")), [*rows]),
    )


def _limits(speech: Speech) -> tuple[str, ...]:
    say = speech.say
    return (
        say("What was said elsewhere, in closed groups, or during a gap in the coverage."),
        say("Who wrote a message, and whether a sender is who he says: that takes asking, by a confirmation mailing."),
        say("Whether a single message was written by a machine. No method can tell that reliably, and none is used."),
        say(
            "Organisation that leaves no trace in texts or times, such as people who agreed to write in their own "
            "words."
        ),
        say("Whether a claim is true, an action lawful, or an intention honest."),
    )
