"""Decidim: proposals and comments as exported (CSV, JSON), and an answer of the GraphQL interface."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.formats.taking_in import SAMPLES, Taken, pseudonym, same_when_packed, sample, written

PROPOSALS, COMMENTS = "06_decidim_proposals.csv", "06_decidim_comments.csv"
JSON_COMMENTS, GRAPH = "06_decidim_comments.json", "06_decidim_graphql.json"
TEXTS = [  # of the proposals: title and start of the text
    "Geen molens bij ons dorp\n\nIk maak mij grote zorgen",
    "Molens? Niet zo dichtbij!\n\nMet grote zorg lees ik",
    "Stop de dorpsmolens\n\nIk maak mij grote zorgen",
    "Oude waterzuivering als locatie\n\nPlaats de molen bij de oude waterzuivering, daar",
    "Uitzichtpunt\n\n- meer zitbanken\n- een plattegrond bij het pad",
    "Eerst praten, dan bouwen\n\nMet grote zorg lees ik",
    "Opbrengst voor het dorp\n\nGeef het dorp 20% van de opbrengst.",
    "Along the canal\n\nPut the turbines along the canal; I can show",
]
NAMES = ["Wolkers", "Heidezoom", "Kruidhof", "Merelstein", "Vlinder", "Longmeadow", "Kievit", "lid0"]


@pytest.mark.parametrize("name", [PROPOSALS, GRAPH])
def test_every_proposal_is_read(name: str, tmp_path: Path) -> None:
    taken = sample(name, tmp_path)
    assert taken.format == "decidim"
    assert [message.native_id for message in taken.messages] == [str(301 + at) for at in range(8)]
    assert taken.times == [f"2025-03-1{at}T20:0{at}:11" for at in range(8)]
    assert [message.language for message in taken.messages] == ["nl"] * 7 + ["en"]
    assert [
        text for message, text in zip(taken.messages, TEXTS, strict=True) if not message.text.startswith(text)
    ] == []
    assert {(message.kind, message.channel, message.weight) for message in taken.messages} == {
        ("letter", "dorpsmolens", 1)
    }
    assert taken.in_clear(NAMES) == set()


@pytest.mark.parametrize("name", [COMMENTS, JSON_COMMENTS])
def test_every_comment_is_read(name: str, tmp_path: Path) -> None:
    taken = sample(name, tmp_path)
    assert taken.format == "decidim"
    assert [message.native_id for message in taken.messages] == [str(9100 + at) for at in range(7)]
    assert taken.times == [f"2025-03-{12 + at}T19:15:{10 + at}" for at in range(7)]
    assert [message.author for message in taken.messages] == [pseudonym(str(500 + at)) for at in range(7)]
    assert [message.language for message in taken.messages] == ["nl"] * 5 + ["en", "nl"]
    assert {message.channel for message in taken.messages} == {"dorpsmolens"}
    first, second, _, reply, escaped, _, group = taken.messages
    assert reply.reply_to == escaped.reply_to == first.id
    assert first.reply_to == second.reply_to == group.reply_to != first.id  # all stand under one proposal
    assert escaped.text.startswith("@p_")
    assert [message.organisation for message in taken.messages] == [None] * 6 + ["Coöperatie Draaiend Dorp"]
    assert taken.in_clear(NAMES) == set()


def test_who_wrote_and_what_is_amended(tmp_path: Path) -> None:
    proposals = sample(PROPOSALS, tmp_path).messages
    assert {message.author for message in proposals} == {None}  # this older export does not say
    assert proposals[5].reply_to == proposals[0].id
    authors = [message.author for message in sample(GRAPH, tmp_path).messages]
    assert authors == [pseudonym(str(600 + at)) for at in range(8)]


def test_commas_other_zones_and_machine_translations(tmp_path: Path) -> None:
    table = (
        "id,participatory_space/url,component/id,title/ro,body/machine_translations/en,body/ro,reference,author/id,"
        "author/name,published_at\n"
        '7,https://ex.example/ro/assemblies/pod/f/3/,3,Podul,The bridge,"\'=Podul este al nostru. Ilinca Stejaru",R-7,'
        "41,Ilinca Stejaru,2025-03-10 21:00:11 UTC\n"
    )
    (message,) = (taken := Taken(written(tmp_path, "commas", table), tmp_path)).messages
    assert message.text == "Podul\n\n=Podul este al nostru. [name]"
    assert (message.language, message.channel, message.author) == ("ro", "pod", pseudonym("41"))
    assert taken.times == ["2025-03-10T21:00:11"]


def test_proposals_as_json(tmp_path: Path) -> None:
    proposal = {
        "id": 301,
        "participatory_space": {"id": 9, "url": "https://doemee.example/processes/dorpsmolens"},
        "component": {"id": 77},
        "title": {"nl": "", "en": "Along the canal"},
        "body": {"nl": "", "en": "Put the turbines there."},
        "reference": "DM-1",
        "published_at": "2025-03-17T21:07:11.000+01:00",
    }
    (message,) = (taken := Taken(written(tmp_path, "proposals", json.dumps([proposal])), tmp_path)).messages
    assert (message.text, message.language) == ("Along the canal\n\nPut the turbines there.", "en")
    assert (message.channel, taken.times) == ("dorpsmolens", ["2025-03-17T20:07:11"])


def test_comments_below_proposals_in_an_answer(tmp_path: Path) -> None:
    answer: Any = json.loads((SAMPLES / GRAPH).read_bytes())
    (component,) = answer["data"]["participatoryProcess"]["components"]
    inner = {"id": "2", "body": "Ook eens.", "createdAt": "2025-03-12T10:00:00Z", "author": {"nickname": "@bo"}}
    comment = {**inner, "id": "301", "body": "Eens.", "comments": [inner]}
    component["proposals"]["edges"][0]["node"]["comments"] = [comment]
    proposal, first, second, *_ = Taken(written(tmp_path, "answer", json.dumps(answer)), tmp_path).messages
    assert (first.native_id, first.text, first.reply_to) == ("comment 301", "Eens.", proposal.id)
    assert (second.text, second.reply_to, second.author) == ("Ook eens.", first.id, first.author)


@pytest.mark.parametrize("name", [PROPOSALS, COMMENTS, JSON_COMMENTS, GRAPH])
def test_packed(name: str, tmp_path: Path) -> None:
    same_when_packed(name, tmp_path)
