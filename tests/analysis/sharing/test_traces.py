"""Whatever can be shared ties accounts: links, reposts, hashtags in a row, pictures, families, things of a table."""

import pytest
from msgspec.structs import replace

from analysis import Finding
from analysis.detectors.sharing import detect
from analysis.sharing import TRACES, shares
from ingest import Message
from tests.analysis.sharing.worlds import GROUP, SMALL, accounts, in_step

EXPECTED = detect(SMALL, [])


def family(messages: list[Message]) -> Finding:
    """A finding of the families detector over these messages."""
    [found] = EXPECTED.findings
    first = found.members[0]
    told = tuple(replace(first, message_id=m.id, relation="copy", measure="jaccard") for m in messages)
    return replace(found, id="f_1", detector="families", members=told, network=None)


def instead(messages: list[Message], kind: str) -> list[Message]:
    """The same shares of something else than links."""

    def one(message: Message) -> Message:
        [link] = message.links
        fields: dict[str, dict[str, tuple[str, ...] | str]] = {
            "hashtags": {"hashtags": (link, "two")},
            "media": {"media": (link,)},
            "object": {"objects": (link,)},
            "repost": {"repost_of": f"m_{link}", "repost_author": f"p_{link.rpartition('/')[0]}"},
        }
        return replace(message, links=(), **fields.get(kind, {}))

    return [one(message) for message in messages]


@pytest.mark.parametrize("kind", ["hashtags", "media", "object", "repost"])
def test_each_kind_of_trace_ties(kind: str) -> None:
    assert kind in TRACES
    [finding] = detect(instead(SMALL, kind), []).findings
    assert finding.network is not None
    assert accounts(finding) == GROUP
    assert {thing.trace for thing in finding.network.objects} == {kind}
    assert finding.network.source_known == (kind == "repost")


def test_a_family_is_a_thing_that_is_shared() -> None:
    by_link: dict[str, list[Message]] = {}
    for message in SMALL:
        by_link.setdefault(message.links[0], []).append(message)
    families = [replace(family(part), id=f"f_{link}") for link, part in by_link.items() if len(part) > 1]
    [finding] = detect(instead(SMALL, "family"), families).findings
    assert accounts(finding) == GROUP
    assert all(value.startswith("f_") for value in finding.shared)


def test_one_hashtag_and_the_words_of_a_repost_are_no_trace() -> None:
    one_tag = [replace(message, links=(), hashtags=("debate",)) for message in in_step()]
    passed_on = [replace(m, repost_of=f"m_{m.links[0]}", repost_author="p_x") for m in in_step()]
    assert len(shares(one_tag, [])) == 0
    assert {thing.trace for thing in shares(passed_on, []).things} == {"repost"}


def test_a_link_is_counted_once_where_it_stands_among_the_things_too() -> None:
    def twice(message: Message) -> Message:
        written = [
            link.replace("https", "HTTPS").replace("site", "www.site") + "?utm_source=x#a" for link in message.links
        ]
        return replace(message, objects=(*message.links, *written))

    assert detect([twice(message) for message in SMALL], []) == EXPECTED
