"""Does a family belong to a declared campaign?"""

from collections.abc import Sequence
from statistics import median

from alerts.opposition import contradicts
from alerts.registry import Campaign, link_keys
from alerts.shingles import common, containment, shingles, words
from analysis import Finding
from ingest import Message

ENOUGH = 0.5
SAMPLE = 200


def declared(finding: Finding, messages: Sequence[Message], registry: Sequence[Campaign]) -> Campaign | None:
    """The registered campaign that the family belongs to, the first by id; None when there is none.

    It belongs when its first message is not before the day the campaign was announced, most of its messages are in the
    campaign's channels (where it names any), and one of these holds: the median member contains half of a model text
    (word-3 shingles; numbers and case do not count) or half of the family's fixed text stands in it, and the members do
    not say the opposite; more than half share a registered link; more than half name the campaign or its organisation
    in the field that the source has for it. Limit: whoever copies a declared text is taken for the campaign.
    """
    sample = sorted(messages, key=lambda message: message.id)[:SAMPLE]
    if not sample:
        return None
    for campaign in sorted(registry, key=lambda campaign: campaign.id):
        if _in_time(finding, campaign) and _in_channels(sample, campaign) and _matches(finding, sample, campaign):
            return campaign
    return None


def _in_time(finding: Finding, campaign: Campaign) -> bool:
    return finding.first is None or finding.first.date() >= campaign.since


def _in_channels(messages: Sequence[Message], campaign: Campaign) -> bool:
    if not campaign.channels:
        return True
    known = {channel.casefold() for channel in campaign.channels}
    return _most([(message.channel or "").casefold() in known for message in messages])


def _matches(finding: Finding, messages: Sequence[Message], campaign: Campaign) -> bool:
    if any(_same_text(finding, messages, text) for text in campaign.texts):
        return True
    links = link_keys(campaign.links)
    if links and _most([not links.isdisjoint(link_keys(message.links)) for message in messages]):
        return True
    names = {campaign.id.casefold(), campaign.name.casefold()}
    return _most(
        [
            (message.declared_campaign or "").casefold() in names
            or (message.organisation or "").casefold() == campaign.organisation.casefold()
            for message in messages
        ]
    )


def _same_text(finding: Finding, messages: Sequence[Message], text: str) -> bool:
    registered = words(text)
    wanted = shingles(registered)
    if not wanted:
        return False
    read = [words(message.text) for message in messages]
    contained = median(containment(wanted, shingles(said)) for said in read)
    if contained < ENOUGH and containment(_fixed_text(finding, read), wanted) < ENOUGH:
        return False
    against = [
        contradicts(registered, said, language=message.language) for said, message in zip(read, messages, strict=True)
    ]
    return not _most(against)


def _fixed_text(finding: Finding, read: Sequence[Sequence[str]]) -> frozenset[tuple[str, ...]]:
    if finding.template is None:
        return common(read)
    fixed = (part for part in finding.template.parts if isinstance(part, str))
    return frozenset(shingle for part in fixed for shingle in shingles(words(part)) if len(shingle) == 3)


def _most(answers: Sequence[bool]) -> bool:
    return sum(answers) > len(answers) / 2
