"""Letters by mail: a mailbox, a single mail, a folder of mails."""

import shutil
from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.text.quoted_mail import without_quotes
from tests.formats.taking_in import SAMPLES, Taken, folder_of, pseudonym, same_when_packed, sample, written
from tests.ingest.document_files import pdf

MBOX, EML = "12_letters.mbox", "12_letter.eml"
EXPECTED = [  # id, sender, time, start of the text
    ("row:1", "zoe@mail.example", "2025-03-18T09:05:09", "Geachte mevrouw, mijnheer,\n\nIk maak"),
    ("row:2", "mira@mail.example", "2025-03-18T08:07:38", "Met grote zorg lees ik"),
    ("row:3", "fenna@mail.example", "2025-03-18T22:40:00", "Beste minister,\n\nIk maak mij grote zorgen"),
    ("row:4", "bas@mail.example", "2025-03-19T08:00:00", "Ik sluit mij hierbij aan."),
    (
        "row:5",
        "ilinca@mail.example",
        "2025-03-19T08:30:00",
        "Stimată comisie,\n\nCer Comisiei să retragă",
    ),
    ("row:6", "apolline@mail.example", "2025-03-19T12:00:00", "Madame, Monsieur,\n\nEn tant que"),
    ("row:7", "bestuur@draaidorp.example", "2025-03-20T07:30:00", "Met grote zorg lees ik"),
    ("row:8", "onbekend@mail.example", "2025-03-20T10:00:00", "Wij van número 4 vinden: In artikel 3"),
]
NAMES = ["Voorbeeld", "Zoë", "Heidezoom", "Mira", "Kruidhof", "Stejaru", "@mail.example", "@draaidorp", "zoe@", "bas@"]


def test_every_letter_is_read(tmp_path: Path) -> None:
    taken = sample(MBOX, tmp_path)
    assert taken.format == "mbox"
    assert taken.times == [time for *_, time, _ in EXPECTED]
    for message, (name, sender, _, start) in zip(taken.messages, EXPECTED, strict=True):
        assert message.kind == "letter"
        assert message.native_id == name
        assert message.author == pseudonym(sender)
        assert message.channel == "ministerie.example"
        assert message.text.startswith(start)
        assert (message.weight, message.placeholder) == (1, None)
        assert message.received is not None
    assert taken.in_clear(NAMES) == set()


def test_the_quirks_of_mail(tmp_path: Path) -> None:
    quoted, html, flowed, reply, _, french, attached, bare = sample(MBOX, tmp_path).messages
    assert "één brief genoeg" in quoted.text
    assert "This is a multi-part" not in html.text
    assert "woningen en aan ons" in flowed.text
    assert "\n\nFrom de dijk gezien" in flowed.text
    assert reply.reply_to == html.id
    assert "N’oubliez pas les jardins partagés – merci." in french.text
    assert attached.text.endswith("eerst met de bewoners te praten.")
    assert attached.organisation == "Cooperatie Draaiend Dorp"
    assert "Coöperatief kan ook" in bare.text


def test_own_words_alone(tmp_path: Path) -> None:
    _, _, flowed, reply, *_ = sample(MBOX, tmp_path).messages
    assert without_quotes(reply.text) == "Ik sluit mij hierbij aan."
    assert without_quotes(flowed.text).endswith("From de dijk gezien is het nog erger.")


def test_a_single_mail(tmp_path: Path) -> None:
    taken = sample(EML, tmp_path)
    (message,) = taken.messages
    assert taken.format == "eml"
    assert (message.native_id, taken.times) == ("row:1", ["2025-03-21T18:45:03"])
    assert message.text.startswith("Ik maak mij grote zorgen")
    assert message.text.endswith("geen cliché.")
    assert taken.in_clear(["Sloot", "lotte@"]) == set()


@pytest.mark.parametrize("name", [MBOX, EML])
def test_packed(name: str, tmp_path: Path) -> None:
    same_when_packed(name, tmp_path)


def mail(text: str = "Ik ben tegen dit plan.", **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Jet Voorbeeld <Jet@Mail.example>"
    made["To"] = "inspraak@dorp.example"
    made["Date"] = "Tue, 18 Mar 2025 10:05:09 +0100"
    made["Message-ID"] = f"<{len(text)}@mail.example>"
    made["Subject"] = "Inspraak"
    made.set_content(text)
    for name, value in headers.items():
        del made[name.replace("_", "-")]
        made[name.replace("_", "-")] = value
    return made


def read(made: EmailMessage, folder: Path) -> Taken:
    return Taken(written(folder, "mail", made.as_bytes()), folder)


def test_a_folder_of_mails(tmp_path: Path) -> None:
    first = Path(shutil.copy(SAMPLES / EML, tmp_path / "a.eml"))
    broken = written(tmp_path, "c.eml.gz", b"\x1f\x8b\x08\x00 no gzip")
    folder = folder_of(first, written(tmp_path, "b.eml", mail().as_bytes()))
    taken = Taken(folder, tmp_path)
    assert (taken.format, len(taken.messages)) == ("eml", 2)
    assert taken.understanding.kind == "letter"
    with pytest.raises(Exception, match=r"c\.eml\.gz"):
        Taken(broken, tmp_path)


def test_a_cover_note_stands_above_what_it_encloses(tmp_path: Path) -> None:
    letter = "De molens komen te dicht bij onze huizen. " * 5
    note, own = mail("Beste mensen, hierbij mijn brief."), mail("Ik ben tegen, en wel hierom. " * 20)
    for made in (note, own):
        made.add_attachment(letter.encode(), maintype="text", subtype="plain", filename="brief.txt")
        made.add_attachment(b"BEGIN:VCARD\nFN:Jet\nEND:VCARD", maintype="text", subtype="vcard", filename="jet.vcf")
    (with_note,), (annexed,) = read(note, tmp_path).messages, read(own, tmp_path).messages
    assert with_note.text == "Beste mensen, hierbij mijn brief.\n\n" + letter.strip()
    assert annexed.text == ("Ik ben tegen, en wel hierom. " * 20).strip()


def test_an_attachment_that_cannot_be_read_is_counted_and_named(tmp_path: Path) -> None:
    made = mail("Zie bijlage.")
    for name, content in (("brief.pdf", pdf("")), ("Jan Jansen.pdf", pdf("Ik ben tegen", "")), ("plaatje.png", b"x")):
        kind = ("image", "png") if name.endswith("png") else ("application", "pdf")
        made.add_attachment(content, maintype=kind[0], subtype=kind[1], filename=name)
    taken = read(made, tmp_path)
    assert taken.messages[0].text == "Ik ben tegen"
    assert taken.notes == {"attachment not readable": 1}
    assert [part["reason"] for part in taken.unread] == [
        "brief.pdf: a scanned page without text",
        "attachment 2 (.pdf): 1 of its 2 pages is scanned, without text",
    ]
    assert {part["file"] for part in taken.unread} == {"mail"}


def test_an_attached_mail_is_a_letter_of_its_own(tmp_path: Path) -> None:
    outer, inner = mail("Zie bijlage."), mail("Ik vraag u dit besluit in te trekken.")
    del inner["From"]
    inner["From"] = "piet@mail.example"
    outer.add_attachment(inner)
    covering, letter = read(outer, tmp_path).messages
    assert covering.placeholder == "attachment"
    assert (letter.author, letter.text) == (pseudonym("piet@mail.example"), "Ik vraag u dit besluit in te trekken.")


def test_automatic_replies_are_no_letters(tmp_path: Path) -> None:
    box = b"".join(
        b"From x@y.example Tue Mar 18 09:05:11 2025\n" + made.as_bytes() + b"\n"
        for made in (mail(), mail("Ik ben afwezig.", Auto_Submitted="auto-replied"))
    )
    taken = Taken(written(tmp_path, "box", box), tmp_path)
    assert (taken.coverage.kept, taken.coverage.not_messages) == (1, (("automatic reply", 1),))


@pytest.mark.parametrize(
    ("date", "time"),
    [
        ("18 Mar 25 22:40 GMT", "2025-03-18T22:40:00"),
        ("Tue, 18 Mar 2025 10:05:09 -0500 (EST)", "2025-03-18T15:05:09"),
        ("Tue, 18 Mar 2025 10:05:09 -0000", "2025-03-18T10:05:09"),
        ("dinsdag 18 maart", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
    ],
)
def test_dates(date: str, time: str | None, tmp_path: Path) -> None:
    lines = ["From: a@b.example", "To: c@d.example", "Subject: x", f"Date: {date}", "", "Ik ben tegen."]
    assert Taken(written(tmp_path, "mail", "\r\n".join(lines)), tmp_path).times == [time]


def test_a_subject_is_the_text_where_there_is_no_other(tmp_path: Path) -> None:
    (message,) = read(mail("\n", Subject="Stop dit plan – nu"), tmp_path).messages
    assert message.text == "Stop dit plan – nu"


def test_names_beside_addresses_and_in_quoted_headers_are_hidden(tmp_path: Path) -> None:
    text = (
        "Eens!\n\nOp 18-03-2025 om 09:07 schreef Piet van der Duin:\n> nee\n\n"
        "Van: Piet van der Duin\nVerzonden: dinsdag\nAan: Els Berg; Jan Klaver\nOnderwerp: plan\n\n"
        'Cc "Duin, Piet van der" <piet@mail.example>'
    )
    taken = read(mail(text), tmp_path)
    assert taken.in_clear(["Piet", "Duin", "Els Berg", "Klaver", "Voorbeeld"]) == set()
    assert "Onderwerp: plan" in taken.messages[0].text_written
    assert taken.messages[0].text == "Eens!"
