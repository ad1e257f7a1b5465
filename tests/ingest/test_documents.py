"""The text of letters in documents, whatever strangers put into them."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.documents import Unreadable, document_of, text_of
from ingest.documents.worker import Worker
from tests.ingest.document_files import (
    docx,
    endless_pdf,
    filled_form_pdf,
    odt,
    pdf,
    swelling_pdf,
    zipped,
)

RUNS = '<w:p><w:r><w:t>Geachte</w:t><w:tab/><w:t xml:space="preserve"> heer, </w:t><w:br/></w:r></w:p>'
PAGE = (
    b"<!DOCTYPE html><html><head><title>t</title><script>if (a < b) {}</script></head><body><nav>Menu</nav>"
    b"<main><h1>Kop</h1><p>Ik ben &eacute;cht<br>tegen</p></main><footer>Over ons</footer></body></html>"
)
READABLE = {
    "pdf": (pdf("Geachte heer"), "Geachte heer"),
    "pdf of two pages": (pdf("Een", "Twee"), "Een\n\nTwee"),
    "pdf with a scanned page": (pdf("Een", ""), "Een"),
    "filled-in pdf form": (filled_form_pdf("Ik ben tegen"), "Ik ben tegen"),
    "docx": (docx(f"{RUNS}<w:p><w:r><w:t>Nee</w:t></w:r></w:p>"), "Geachte\t heer, \n\nNee"),
    "docx with changes": (docx("<w:p><w:del><w:t>weg</w:t></w:del><w:r><w:t>blijft</w:t></w:r></w:p>"), "blijft"),
    "odt": (odt("<text:p>Een <text:span>b</text:span><text:s/>c<text:line-break/>d</text:p>"), "Een b c\nd"),
    "rtf": (rb"{\rtf1\ansi\ansicpg1252 Geachte heer,\par Ik ben \'e9\'e9n van u}", "Geachte heer,\nIk ben één van u"),
    "web page": (PAGE, "Kop\n\nIk ben écht\ntegen"),
    "web page without a main part": (b"<html><body><p>Een<p>Twee</body></html>", "Een\n\nTwee"),
    "text": ("Geachte heer, é".encode(), "Geachte heer, é"),
    "text with a mark": ("\ufeffGeachte".encode(), "Geachte"),
    "text of Windows": ("Eén – twee".encode("cp1252"), "Eén – twee"),
    "wide text": ("Geachte heer, é".encode("utf-16"), "Geachte heer, é"),
}  # fmt: skip
UNREADABLE = {
    "scanned page": (pdf(""), "a scanned page without text"),
    "scanned pages": (pdf("", "", ""), "3 scanned pages without text"),
    "half a pdf": (pdf("Een")[:300], "a damaged PDF"),
    "pdf of itself": (pdf("Een", kids="2 0 R " * 99), "a damaged PDF"),
    "xml with entities": (docx("<w:p>&e;</w:p>", '<!DOCTYPE a [<!ENTITY e "e">]>'), "XML that declares entities"),
    "docx that swells": (docx(" " * (80 << 20)), "larger than 64 MB unpacked"),
    "docx cut short": (docx(RUNS)[:-40], "a damaged file"),
    "docx without text": (docx("<w:p/>"), "a document without text"),
    "presentation": (zipped({"[Content_Types].xml": "", "ppt/slides/slide1.xml": ""}), "no text document"),
    "picture": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
    "old word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old office program"),
    "other bytes": (bytes(range(256)) * 4, "no document of a known kind"),
    "nothing": (b" \n", "an empty file"),
    "web page without text": (b"<html><body><script>x</script></body></html>", "a web page without text"),
}


@pytest.mark.parametrize("kind", READABLE)
def test_the_text_is_read(kind: str) -> None:
    content, text = READABLE[kind]
    assert text_of("x", content) == text


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_gives_no_text_says_why_and_what_to_do(kind: str) -> None:
    content, reason = UNREADABLE[kind]
    with pytest.raises(Unreadable) as told:
        text_of("Jan Jansen.pdf", content)
    assert reason in told.value.reason
    assert told.value.fix
    assert "Jansen" not in str(told.value)


@pytest.mark.parametrize(
    ("pages", "read", "scanned", "words"),
    [
        (("Een", "", "Drie"), 3, 1, "1 of its 3 pages is scanned, without text"),
        (("Een", "", ""), 3, 2, "2 of its 3 pages are scanned, without text"),
        (("Een", " "), 2, 0, ""),  # left blank
    ],
)
def test_scanned_pages_beside_others_are_counted(pages: tuple[str, ...], read: int, scanned: int, words: str) -> None:
    found = document_of(pdf(*pages))
    assert found.text.startswith("Een")
    assert (found.pages, found.scanned) == (read, scanned)
    assert not words or found.scanned_in_words() == words


def test_the_name_decides_nothing() -> None:
    assert text_of("letter.pdf", b"Just text") == "Just text"


def test_a_document_that_never_ends_or_fills_the_memory_is_left_and_the_next_one_read() -> None:
    worker = Worker(seconds=1)
    with pytest.raises(Unreadable, match="longer than 1 seconds"):
        worker.document_of(endless_pdf())
    assert worker.document_of(pdf("Een")).text == "Een"
    with pytest.raises(Unreadable, match=r"memory|longer than"):
        worker.document_of(swelling_pdf(300 << 20))
    assert worker.document_of(pdf("Een")).text == "Een"
    worker.close()


@settings(max_examples=300, deadline=None)
@given(data=st.data(), kind=st.sampled_from([kind for kind in READABLE if kind != "wide text"]))
def test_damaged_documents_give_text_or_a_reason(data: st.DataObject, kind: str) -> None:
    content = bytearray(READABLE[kind][0])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    with contextlib.suppress(Unreadable):
        text_of("x", bytes(content)).encode()
