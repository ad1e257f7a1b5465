"""EUSurvey: results in two languages of its interface, over several sheets, with long answers."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest import ReadError, understand
from tests.formats.taking_in import Taken, pseudonym, same_when_packed, sample, written

ENGLISH, ANONYMOUS = "05_eusurvey_results_en.xlsx", "05_eusurvey_resultaten_nl_anoniem.xlsx"
EXPECTED = [  # time in UTC on 12 March 2025, sender, language, start of the text
    ("19:02:05", "Anselm Kranichfeld", "de", "Als Bürger bitte ich die Kommission"),
    ("19:03:10", "Rosalie Tannhäuser", "de", "Ich bitte die Kommission"),
    ("19:04:15", "Veit Moosgruber", "de", "Ich bitte die Kommission"),
    ("19:05:20", "Apolline Verdurier", "fr", "En tant que citoyenne"),
    ("19:06:25", "Gaspard Lemoulin", "fr", "Je demande à la Commission"),
    ("19:07:30", "Niamh Fernhollow", "en", "=SUM of small fees is what hurts us"),
    ("19:08:35", "Institute for Imaginary Botany", "en", ""),
]
SYSTEM = ["Numéro de l'invitation", "Identifiant", "Nom d'utilisateur", "Créé", "Mis à jour", "Langues"]
OPINION = "Les petits producteurs ne peuvent pas acheter de nouvelles machines, dit le voisin numéro "
Cell = str | float
TOP: list[list[Cell]] = [["Alias", "Semences"], ["Export Date", 45783.4], []]


def test_every_contribution_is_read(tmp_path: Path) -> None:
    taken = sample(ENGLISH, tmp_path)
    assert taken.format == "eusurvey"
    assert taken.times == [f"2025-03-12T{time}" for time, *_ in EXPECTED]
    for at, (message, (_, sender, language, start)) in enumerate(zip(taken.messages, EXPECTED, strict=True), 1):
        assert message.native_id == f"0000000{at}-5eed-4a1c-9b0{at}-0c0ffee0000{at}"
        assert (message.author, message.language) == (pseudonym(sender), language)
        assert (message.kind, message.channel) == ("letter", "SeedPack2025")
        assert message.text.startswith(start)
    *_, swap, empty = taken.messages
    assert (swap.organisation, empty.organisation) == ("Seed Swap Isles", "Institute for Imaginary Botany")
    assert empty.placeholder == "empty"
    names = [word for _, sender, *_ in EXPECTED[:-1] for word in sender.split()]
    assert taken.in_clear([*names, "statement.pdf", "Deadlines"]) == set()


def test_an_anonymous_survey_in_dutch(tmp_path: Path) -> None:
    taken = sample(ANONYMOUS, tmp_path)
    assert taken.format == "eusurvey"
    assert taken.times == [f"2025-03-20T18:{minute:02}:00" for minute in range(5, 11)]
    assert len({message.id for message in taken.messages}) == 6
    assert {(message.channel, message.language) for message in taken.messages} == {("DorpsMolens", "nl")}
    assert [message.author for message in taken.messages] == [
        pseudonym("Coöperatie Draaiend Dorp") if at == 3 else None for at in range(6)
    ]
    assert taken.messages[5].text.startswith("Prima voorstel, maar regel dan ook")


def test_answers_over_two_sheets_are_one_letter(tmp_path: Path) -> None:
    first = [["Votre avis", "Partie"], *[[f"{OPINION}{at}.", "A;B"] for at in range(4)]]
    second = [["Autre remarque", *SYSTEM], *[[f"Remarque : {OPINION}{at * 7}.", *_system(at)] for at in range(4)]]
    taken = Taken(written(tmp_path, "sheets", workbook(first, second)), tmp_path)
    assert [message.text for message in taken.messages] == [
        f"{OPINION}{at}.\n\nRemarque : {OPINION}{at * 7}." for at in range(4)
    ]
    assert [message.native_id for message in taken.messages] == [_code(at) for at in range(4)]
    assert {message.language for message in taken.messages} == {"fr"}
    assert taken.times[0] == "2025-03-12T11:00:00"


def test_an_answer_that_did_not_fit_its_cell(tmp_path: Path) -> None:
    long = (OPINION * 400)[:32767]
    rows = [["Votre avis", *SYSTEM], [long, *_system(0)], ["", "et la suite."], [f"{OPINION}1.", *_system(1)]]
    one, other = Taken(written(tmp_path, "long", workbook(rows)), tmp_path).messages
    assert one.text == long.strip() + "et la suite."
    assert other.text == OPINION + "1."


def test_the_same_letter_from_many_is_text_and_the_same_choice_is_not(tmp_path: Path) -> None:
    choice = "Je suis tout à fait d'accord avec la proposition de la Commission"
    letters = [f"{OPINION}." if at % 9 else f"{OPINION}{at}" for at in range(60)]
    rows = [["Votre avis", "Position", *SYSTEM], *[[text, choice, *_system(at)] for at, text in enumerate(letters)]]
    taken = Taken(written(tmp_path, "letters", workbook(rows)), tmp_path)
    assert [message.text for message in taken.messages] == [letter.strip() for letter in letters]


def test_questions_about_the_sender_are_no_text(tmp_path: Path) -> None:
    """But one that only speaks of a name, and is answered at length, is."""
    address = "Rue de l'Exemple {}, 1000 Bruxelles, deuxième étage à gauche"
    long = f"{OPINION}{OPINION}{OPINION}"
    rows = [["Adresse e-mail ou postale", "Quel nom pour ce projet", *SYSTEM]]
    rows += [[address.format(at), f"{long}{at}", *_system(at)] for at in range(4)]
    taken = Taken(written(tmp_path, "sender", workbook(rows)), tmp_path)
    assert [message.text for message in taken.messages] == [f"{long}{at}" for at in range(4)]


def test_a_known_user_is_the_author_where_no_question_asks_a_name(tmp_path: Path) -> None:
    rows = [["Votre avis", *SYSTEM], *[[f"{OPINION}{at}", *_system(at, "zoe@mail.example")] for at in range(3)]]
    taken = Taken(written(tmp_path, "users", workbook(rows)), tmp_path)
    assert {message.author for message in taken.messages} == {pseudonym("zoe@mail.example")}


def test_a_contribution_that_is_only_a_file_stands_for_it(tmp_path: Path) -> None:
    rows = [["Votre avis", "Fichier", *SYSTEM]]
    rows += [
        [f"{OPINION}{at}" if at else "", "" if at else "avis final.pdf; annexe.docx", *_system(at)] for at in range(4)
    ]
    first, *others = Taken(written(tmp_path, "files", workbook(rows)), tmp_path).messages
    assert (first.text, first.placeholder) == ("", "attachment")
    assert {message.placeholder for message in others} == {None}


def test_an_older_version_leaves_no_empty_row(tmp_path: Path) -> None:
    taken = Taken(written(tmp_path, "older", workbook(_opinions(), top=TOP[:2])), tmp_path)
    assert (taken.format, len(taken.messages)) == ("eusurvey", 3)


@pytest.mark.parametrize(
    "top",
    [
        [["Alias", "Semences", "Autre"], *TOP[1:]],
        [["Alias", "Notre petit jardin"], *TOP[1:]],
        [["Alias"], *TOP[1:]],
        [TOP[0], ["Export Date", "hier"], []],
        [TOP[1], TOP[0], []],
        [[], *TOP],
        [["Alias", "Nom", "Export Date"]],
    ],
)
def test_the_two_words_alone_make_no_survey(top: list[list[Cell]], tmp_path: Path) -> None:
    path = written(tmp_path, "other.xlsx", workbook(_opinions(), top=top))
    assert understand(path).format == "spreadsheet"


def test_without_contributions(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="holds no contributions"):
        understand(written(tmp_path, "none", workbook([["Votre avis", *SYSTEM]])))


def test_packed(tmp_path: Path) -> None:
    same_when_packed(ENGLISH, tmp_path)
    same_when_packed(ANONYMOUS, tmp_path)


def _code(at: int) -> str:
    return f"{at:08}-5eed-4a1c-9b01-0c0ffee00001"


def _system(at: int, user: str = "") -> list[Cell]:
    noon = 45728.5  # 12 March 2025
    return ["", _code(at), user, noon, noon, "FR"]


def _opinions() -> list[list[Cell]]:
    return [["Votre avis", *SYSTEM], *[[f"{OPINION}{at}", *_system(at)] for at in range(3)]]


def workbook(*sheets: Sequence[Sequence[Cell]], top: Sequence[Sequence[Cell]] = TOP) -> bytes:
    """A workbook as EUSurvey writes it: three rows above the header on every sheet; numbers are dates."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": _related(package, [(office, "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        + "".join(f'<sheet name="Content{at}" sheetId="{at}" r:id="r{at}"/>' for at in numbers)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _related(
            package,
            [*((office, "worksheet", f"worksheets/sheet{at}.xml") for at in numbers), (office, "styles", "styles.xml")],
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
        "</cellXfs></styleSheet>",
        **{
            f"xl/worksheets/sheet{at}.xml": f'<worksheet xmlns="{main}"><sheetData>'
            + "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in [*top, *sheet])
            + "</sheetData></worksheet>"
            for at, sheet in enumerate(sheets, 1)
        },
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _related(package: str, targets: Sequence[tuple[str, str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="r{at}" Type="{office}/{kind}" Target="{target}"/>'
        for at, (office, kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{package}/relationships">{links}</Relationships>'


def _cell(value: Cell) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
    return f'<c s="1"><v>{value}</v></c>'
