"""The chapter on accounts that act together: the network, its communities, and what switched on."""

from collections.abc import Sequence

from alerts.report.blocks import Block, Cell, Chart, Group, Items, Section, Text, table
from alerts.report.data import FamilyRow, ReportData
from alerts.report.edition import SMALLEST_SHOWN, Edition
from alerts.report.figures import accessible
from alerts.report.network_figure import network_drawing
from alerts.report.sections.accounts import labels_in_words
from alerts.report.speech import Speech
from alerts.report.vocabulary import STANDING, SUBJECT, word
from alerts.report.wording import sentence

DRAWN = 60
LONGEST_VALUE = 60  # characters


def networks_section(data: ReportData, speech: Speech, edition: Edition) -> Section:
    """Communities of accounts and bursts, whatever became of them; what could not be judged is said."""
    say = speech.say
    blocks: list[Block] = [
        Text(
            say(
                "Coordination shows in accounts as well as in texts: the same links, posts or rows of hashtags within "
                "moments of each other, again and again. A tie between two accounts stands here only where accounts as "
                "busy as these, sharing things as popular as these at these hours, would hardly meet as often by luck."
            )
        )
    ]
    if data.pairs_tested:
        blocks.append(Text(say("Pairs of accounts tested: {pairs}.", pairs=speech.number(data.pairs_tested))))
    shown = [
        row for row in data.networks if row.finding.network and len(row.finding.network.accounts) >= SMALLEST_SHOWN
    ]
    if shown:
        blocks.append(_figure(shown[:DRAWN], speech, edition))
        blocks.append(_communities(shown[: min(DRAWN, edition.rows)], speech))
    else:
        blocks.append(Text(say("No accounts were found to act together.")))
    if small := len(data.networks) - len(shown):
        blocks.append(Text(_small(small, speech), "note"))
    blocks.append(Group("bursts", say("What switched on"), 3, _bursts(data.bursts, speech, edition)))
    if data.activity_notes:
        blocks.append(Text(say("What could not be judged, or was bounded:")))
        blocks.append(Items(tuple(sentence(speech, note) for note in data.activity_notes)))
    return Section("networks", say("Accounts that act together"), tuple(blocks))


def _figure(rows: Sequence[FamilyRow], speech: Speech, edition: Edition) -> Chart:
    say = speech.say
    networks = [row.finding.network for row in rows if row.finding.network]
    title = say("Network of accounts, by community")
    accounts = sum(len(network.accounts) for network in networks)
    description = say(
        "{communities} of {accounts} together, numbered as in the table. A dot is an account, a line a tie; of dense "
        "communities only the closest ties are drawn.",
        communities=speech.say_n("{count} community", "{count} communities", len(networks)),
        accounts=speech.say_n("{count} account", "{count} accounts", accounts),
    )
    alerted = [row.status.status == "alert" for row in rows]
    svg = network_drawing(networks, alerted, (say("with an alert"), say("without an alert")), font=edition.font)
    drawing = accessible(svg, id_="network", title=title, description=description)
    return Chart("network", title, description, drawing, None)


def _communities(rows: Sequence[FamilyRow], speech: Speech) -> Block:
    say = speech.say
    cells = [_community(at, row, speech) for at, row in enumerate(rows, 1)]
    columns = (say("No."), say("What is shared most"), say("Standing"), say("Reason"))
    figures = (say("Accounts"), say("Ties"), say("Things shared"), say("Stability"), say("Against chance"))
    note = say("The file sharing.csv has every tie.")
    return table(say("Communities, largest first"), columns + figures, [*cells], numeric=5, note=note)


def _community(at: int, row: FamilyRow, speech: Speech) -> tuple[str | Cell, ...]:
    network = row.finding.network
    if network is None:
        raise ValueError(f"finding {row.finding.id} has no network; give the findings of the detector sharing only")
    most = max(network.objects, key=lambda item: (item.accounts, item.value), default=None)
    reasons = [sentence(speech, reason) for reason in row.status.reasons]
    labels = labels_in_words(network.labels, speech)
    return (
        Cell(str(at), f"alert-{row.status.alert_id}" if row.status.status == "alert" and row.status.alert_id else None),
        "–" if most is None else _shortened(most.value),
        word(speech, STANDING, row.status.status),
        " ".join([*reasons, *([f"({labels})"] if labels else [])]) or "–",
        speech.number(len(network.accounts)),
        speech.number(len(network.ties)),
        speech.number(len(network.objects)),
        speech.percent(network.stability),
        "q " + speech.probability(row.finding.chance.q),
    )


def _bursts(rows: Sequence[FamilyRow], speech: Speech, edition: Edition) -> tuple[Block, ...]:
    say = speech.say
    shown = [row for row in rows if row.finding.burst and len(row.finding.burst.accounts) >= SMALLEST_SHOWN]
    if not shown:
        return (Text(say("Nothing switched on against its own rhythm.")),)
    listed = shown[: min(DRAWN, edition.rows)]
    columns = (say("What"), say("From"), say("Standing"), say("It looks like"))
    figures = (say("Accounts"), say("Usual"), say("Against chance"))
    cells = [_burst(row, speech) for row in listed]
    note = say("{shown} of {all}.", shown=speech.number(len(listed)), all=speech.number(len(rows)))
    return (
        Text(say("A burst is no accusation: news, a debate or a match makes one as well.")),
        table(say("Bursts, the least likely by chance first"), columns + figures, [*cells], numeric=3, note=note),
    )


def _burst(row: FamilyRow, speech: Speech) -> tuple[str, ...]:
    burst = row.finding.burst
    if burst is None:
        raise ValueError(f"finding {row.finding.id} has no burst; give the findings of the detector bursts only")
    return (
        f"{word(speech, SUBJECT, burst.subject)}: {_shortened(burst.value)}",
        speech.moment(burst.start),
        word(speech, STANDING, row.status.status),
        labels_in_words(burst.labels, speech) or "–",
        speech.number(burst.observed),
        speech.decimal(burst.expected),
        "q " + speech.probability(row.finding.chance.q),
    )


def _small(count: int, speech: Speech) -> str:
    return speech.say_n(
        "{count} community of fewer than {smallest} accounts is counted but never shown.",
        "{count} communities of fewer than {smallest} accounts are counted but never shown.",
        count,
        smallest=str(SMALLEST_SHOWN),
    )


def _shortened(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
