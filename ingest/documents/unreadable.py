"""Why a document gives no text."""

from ingest.errors import ReadError


class Unreadable(ReadError):  # noqa: N818 - it says what the document is, not what failed here
    """A document without a text that can be read: `reason` and `fix` in words, without its name or content."""

    def __init__(self, reason: str, fix: str) -> None:
        super().__init__(f"{reason}; {fix}")
        self.reason = reason
        self.fix = fix
