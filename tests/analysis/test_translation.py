"""A message that goes round in several languages is one family, told as a translation."""

import pytest

from analysis import Finding, open_embedder
from analysis.detectors import families
from tests.analysis.samples import members, posts, read

STRANGERS = [
    "My neighbour grows tomatoes on the balcony and gives them away.",
    "The bus to the station was late again this morning.",
    "Has anyone seen the grey cat from the bakery?",
    "I would like the council to talk about the cycle path first.",
    "The debate last night was long and I fell asleep halfway.",
    "Queue at the town hall took forty minutes, but the staff were kind.",
    "De markt op zaterdag was weer gezellig en druk.",
    "Wie weet een goede fietsenmaker in de buurt van het station?",
    "Het debat van gisteren ging vooral over de huurprijzen.",
    "Mijn dochter mag voor het eerst stemmen en is best zenuwachtig.",
    "In unserer Straße wird seit Wochen gebaut und niemand kommt voran.",
    "Der neue Spielplatz ist sehr schön geworden, danke an alle.",
    "Election posters are falling off the wall next to the library.",
    "I counted nine candidates on the ballot paper for our district.",
    "Rain is expected on election day, bring an umbrella.",
    "The choir sings in the church hall every second Tuesday.",
    "Er lag vanochtend sneeuw op het fietspad naar school.",
    "De kandidaten voor de gemeenteraad stonden op de markt met folders.",
    "Who else thinks the new parking rules make no sense at all?",
    "Die Kandidaten haben am Samstag Brötchen verteilt.",
]
CLOSED = [
    "The polling station in our village will be closed on Wednesday because there are not enough volunteers.",
    "Het stembureau in ons dorp is woensdag gesloten omdat er niet genoeg vrijwilligers zijn.",
    "Das Wahllokal in unserem Dorf bleibt am Mittwoch geschlossen, weil es nicht genug Freiwillige gibt.",
    "Le bureau de vote de notre village sera fermé mercredi parce qu'il n'y a pas assez de bénévoles.",
]


@pytest.fixture(scope="module")
def found() -> list[Finding]:
    window = read(posts([*STRANGERS, *CLOSED]))
    embedder = open_embedder("use", {"processes": 1})
    return families.detect(window, embedder.encode(window.texts))


def test_translations_of_one_message_are_a_family_of_their_own(found: list[Finding]) -> None:
    (family,) = found
    assert members(family) == {f"m_{number:06}" for number in range(len(STRANGERS), len(STRANGERS) + len(CLOSED))}
    assert {(m.relation, m.measure) for m in family.members} == {("translation", "cosine")}
    assert family.languages == (("de", 1), ("en", 1), ("fr", 1), ("nl", 1))
    assert family.chance.q <= 0.01


def test_a_negation_said_in_another_language_is_no_variant(found: list[Finding]) -> None:
    assert {m.variants for m in found[0].members} == {()}


def test_without_vectors_translations_are_not_looked_for() -> None:
    assert families.detect(read(posts([*STRANGERS, *CLOSED])), None) == []
