"""A sender's own words in a mail, and what must never be taken for a quotation."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.text.quoted_mail import without_quotes

OWN = "Ik sluit mij hierbij aan."

CUT = {
    "gmail, Dutch": "Op di 18 mrt 2025 om 09:07 schreef Mira <mira@mail.example>:\n\n> De molens komen.\n> Stop.",
    "gmail, wrapped": "Op di 18 mrt 2025 om 09:07 schreef Heidezoom, Mira van der\n<mira@mail.example>:\n\n> Stop.",
    "gmail, English": "On Tue, 18 Mar 2025 at 09:07, Mira <mira@mail.example> wrote:\n> Stop.\n> Now.",
    "gmail, French": "Le mar. 18 mars 2025 à 09:07, Mira <mira@mail.example> a écrit :\n\n> Stop.",
    "gmail, German": "Am Di., 18. März 2025 um 09:07 Uhr schrieb Mira <mira@mail.example>:\n\n> Halt.",
    "gmail, Romanian": "În mar., 18 mar. 2025 la 09:07, Mira <mira@mail.example> a scris:\n\n> Stop.",
    "gmail, old": "2025-03-18 9:07 GMT+01:00 Mira <mira@mail.example>:\n\n> Stop.",
    "scrubbed already": "Op di 18 mrt 2025 om 09:07 schreef [name] <[e-mail]>:\n\n> Stop.",
    "html, no marks": "Op di 18 mrt 2025 om 09:07 schreef Mira <[e-mail]>:\n\nDe molens komen te dicht.\n\nStop.",
    "thunderbird": "Op 18-03-2025 om 09:07 schreef Mira Heidezoom:\n> De molens.\n>\n> Stop.\n",
    "apple": "Op 18 mrt 2025, om 09:07 heeft Mira <mira@mail.example> het volgende geschreven:\n\n> Stop.",
    "roundcube": "Mira Heidezoom schreef op 2025-03-18 09:07:\n> Stop.",
    "outlook, Dutch": "Van: Mira\nVerzonden: dinsdag 18 maart 2025 09:07\nAan: info\nOnderwerp: molens\n\nStop ermee.",
    "outlook, bold": "*From:* Mira <m@x.example>\n*Sent:* Tuesday\n*To:* info\n*Subject:* mills\n\nStop it.",
    "outlook, German": "Von: Mira\nGesendet: Dienstag\nAn: info\nBetreff: Mühlen\n\nHalt.",
    "outlook, French": "De : Mira\nEnvoyé : mardi 18 mars\nÀ : info\nObjet : moulins\n\nStop.",
    "outlook, Romanian": "De la: Mira\nTrimis: marți\nCătre: info\nSubiect: mori\n\nStop.",
    "separator, Dutch": "-----Oorspronkelijk bericht-----\nStop ermee.",
    "separator, English": "----- Original Message -----\nStop it.",
    "separator, German": "-----Ursprüngliche Nachricht-----\nHalt.",
    "separator, French": "-----Message d'origine-----\nStop.",
    "forwarded": "---------- Forwarded message ---------\nFrom: x\n\nStop.",
    "quote without a line above": "> De molens.\n>\n> Stop.",
    "nested quote": "> De molens.\n>> Welke?\n> Stop.",
    "signature": "-- \nFenna Kruidhof\nLid van het dorpsbestuur",
    "signature, trimmed": "--\nFenna",
    "iphone": "Verzonden vanaf mijn iPhone",
    "ipad": "Verstuurd vanaf mijn iPad",
    "outlook app": "Outlook voor Android downloaden",
    "english phone": "Sent from my Samsung Galaxy smartphone.",
    "outlook ios": "Get Outlook for iOS",
    "german phone": "Von meinem iPhone gesendet",
    "german mail": "Gesendet mit der GMX Mail App",
    "french phone": "Envoyé de mon iPhone",
    "romanian phone": "Trimis de pe iPhone-ul meu",
    "signature and device": "--\nFenna\n\nVerzonden vanaf mijn telefoon",
    "device above quote": "Verzonden vanaf mijn iPhone\n\nOp 18 mrt 2025 om 09:07 schreef Mira <m@x.nl>:\n\n> Stop.",
}

KEPT = {
    "a quotation in prose": 'Op 12 maart 2025 schreef u in uw brief:\n"De norm is 40 decibel."\nDat is niet waar.',
    "a quotation with a clock": "Op 12 maart om 20:15 schreef de raad op zijn site:\nWij bouwen niet.\nDat is mis.",
    "a list with arrows": "Wij willen:\n> meer groen\n> minder auto's\n> een veilige straat",
    "a comparison": "Voor huizen geldt het volgende:\n> 65 decibel is verboden.",
    "a heading such as a field": "Aan: de gemeenteraad\nBetreft: de molens\nGeachte raad, ik ben tegen.",
    "letter head": "Van: J. Voorbeeld\nAan: de gemeenteraad\nDatum: 3 maart 2025\nOnderwerp: molens\n\nIk ben tegen.",
    "a rule between parts": "Eerste deel.\n--\n" + "Tweede deel, met veel woorden over de molens en de dijk. " * 20,
    "an afterthought": "Ik ben tegen.\n--\nPS: en mijn buren ook.",
    "heart": "Ik ben tegen.\nSent from my heart",
    "a sentence about sending": "Dit is verzonden vanaf mijn iPhone omdat de computer stuk is. Ik ben tegen.",
    "only a quote": "> De molens.\n>\n> Stop.",
    "only a device": "Verzonden vanaf mijn iPhone",
    "only a forwarded letter": "---------- Forwarded message ---------\nFrom: x\nDate: nu\nSubject: y\n\nStop.",
    "plain": OWN,
    "nothing": "",
}


@pytest.mark.parametrize("name", CUT)
def test_what_is_not_the_senders_own_is_cut(name: str) -> None:
    assert without_quotes(f"{OWN}\n\n{CUT[name]}") == OWN


@pytest.mark.parametrize("name", KEPT)
def test_what_may_be_the_senders_own_stays(name: str) -> None:
    assert without_quotes(KEPT[name]) == KEPT[name]


def test_answers_between_quotes_stay() -> None:
    first = "Op 18-03-2025 om 09:07 schreef Mira:\n> Hoe hoog?\n\n40 meter."
    mail = f"Dag,\n\n{first}\n\n> Hoe ver?\n>\n> Echt?\n\nNee.\n\n-- \nBas"
    assert without_quotes(mail) == "Dag,\n\n40 meter.\n\nNee."


PIECES = st.sampled_from([OWN, "", "Tweede zin.", "> gemerkt", ">", "--", "> > diep", *CUT.values(), *KEPT.values()])
TEXTS = st.one_of(st.lists(PIECES, max_size=6).map("\n".join), st.text(max_size=200))
PROSE = st.lists(st.from_regex(r"[A-Z][a-z]{1,8}( [a-z]{1,8}){0,8}[.!?]", fullmatch=True), max_size=12)


@given(TEXTS)
@example("Van: x\nAan: y\nCc: z")
def test_lines_are_only_left_out_and_never_all(text: str) -> None:
    kept = without_quotes(text)
    rest = iter(text.split("\n"))
    assert kept == "" or all(line in rest for line in kept.split("\n"))
    assert bool(kept.strip()) == bool(text.strip())


@given(TEXTS)
def test_a_second_time_changes_nothing(text: str) -> None:
    once = without_quotes(text)
    assert without_quotes(once) == once


@given(PROSE)
def test_prose_is_never_touched(sentences: list[str]) -> None:
    text = "\n\n".join(sentences)
    assert without_quotes(text) == text
