"""What was read of a document."""

import msgspec

OCR = "have the text recognised (OCR) and save it as PDF with text"


class Document(msgspec.Struct, frozen=True):
    """The text of a document, and of a PDF how many pages were read and how many of them are pictures without text."""

    text: str
    pages: int = 0
    scanned: int = 0

    def scanned_in_words(self) -> str:
        """How many of the pages hold no text that can be read."""
        return f"{self.scanned} of its {self.pages} pages {'is' if self.scanned == 1 else 'are'} scanned, without text"
