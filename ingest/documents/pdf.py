"""The text layer of PDF files, by PDFium."""

from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.documents.document import OCR, Document
from ingest.documents.unreadable import Unreadable

MAX_CHARS = 400_000
_LINE_HYPHEN = "\ufffe"  # PDFium's mark for a hyphen that only breaks a word at a line end
_MOST_OBJECTS = 1000
_PASSWORD = pdfium.FPDF_ERR_PASSWORD


def document(content: bytes) -> Document:
    """The text of all pages, filled-in form fields included, and how many of them are pictures without text.

    Raises `Unreadable`, also where all pages are pictures.
    """
    opened = _opened(content)
    try:
        pages = len(opened)
        read = list(_up_to(_pages(opened, pages)))
    except pypdfium2.PdfiumError:
        raise Unreadable("a damaged PDF", "print it to PDF again") from None
    finally:
        opened.close()
    parts = [text for text, _ in read if text]
    if not parts:
        counted = "a scanned page" if pages == 1 else f"{pages} scanned pages"
        raise Unreadable(f"{counted} without text", OCR)
    return Document("\n\n".join(parts), len(read), sum(drawn for text, drawn in read if not text))


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise Unreadable("protected with a password", "save it without the password") from None
        raise Unreadable("a damaged PDF", "print it to PDF again") from None


def _pages(document: pypdfium2.PdfDocument, pages: int) -> Iterator[tuple[str, bool]]:
    """The text of each page, and whether there is anything else on it: a page that is left blank is no scan."""
    for number in range(pages):
        page = document[number]
        if pdfium.FPDFPage_GetAnnotCount(page) and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT):
            page.close()  # what was filled in is part of the page once that is opened again
            page = document[number]
        yield _unbroken(page.get_textpage().get_text_range()), _is_drawn(page)
        page.close()


def _is_drawn(page: pypdfium2.PdfPage) -> bool:
    """Whether the page holds pictures, lines or areas."""
    count = min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    kinds = (pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, number)) for number in range(count))
    return any(kind != pdfium.FPDF_PAGEOBJ_TEXT for kind in kinds)


def _up_to(pages: Iterator[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    size = 0
    for page in pages:
        yield page
        size += len(page[0])
        if size > MAX_CHARS:
            return


def _unbroken(page: str) -> str:
    """Words whole again that a line end broke; a line that ends in a blank runs on in the next one."""
    lines = page.replace("\r\n", "\n").replace(_LINE_HYPHEN + "\n", "").replace(_LINE_HYPHEN, "-")
    return lines.replace(" \n", " ").replace("\x00", "").strip()
