"""The text layer of PDF files, by PDFium."""

from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.documents.unreadable import Unreadable

MAX_CHARS = 400_000
_LINE_HYPHEN = "\ufffe"  # PDFium's mark for a hyphen that only breaks a word at a line end
_PASSWORD = pdfium.FPDF_ERR_PASSWORD


def text(content: bytes) -> str:
    """The text of all pages, filled-in form fields included. Raises `Unreadable`, also for pages that are pictures."""
    document = _opened(content)
    try:
        pages = len(document)
        parts = list(_up_to(_pages(document, pages)))
    except pypdfium2.PdfiumError:
        raise Unreadable("a damaged PDF", "print it to PDF again") from None
    finally:
        document.close()
    if not any(part.strip() for part in parts):
        counted = "a scanned page" if pages == 1 else f"{pages} scanned pages"
        raise Unreadable(f"{counted} without text", "have the text recognised (OCR) and save it as PDF with text")
    return "\n\n".join(filter(None, parts))


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise Unreadable("protected with a password", "save it without the password") from None
        raise Unreadable("a damaged PDF", "print it to PDF again") from None


def _pages(document: pypdfium2.PdfDocument, pages: int) -> Iterator[str]:
    for number in range(pages):
        page = document[number]
        if pdfium.FPDFPage_GetAnnotCount(page) and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT):
            page.close()  # what was filled in is part of the page once that is opened again
            page = document[number]
        yield _unbroken(page.get_textpage().get_text_range())
        page.close()


def _up_to(parts: Iterator[str]) -> Iterator[str]:
    size = 0
    for part in parts:
        yield part
        size += len(part)
        if size > MAX_CHARS:
            return


def _unbroken(page: str) -> str:
    """Words whole again that a line end broke; a line that ends in a blank runs on in the next one."""
    lines = page.replace("\r\n", "\n").replace(_LINE_HYPHEN + "\n", "").replace(_LINE_HYPHEN, "-")
    return lines.replace(" \n", " ").replace("\x00", "").strip()
