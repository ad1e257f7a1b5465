"""What can go wrong while the world comes in; every message names the fix."""


class IngestError(Exception):
    """The root of all errors of this room."""


class ReadError(IngestError):
    """A file cannot be opened or read at all."""


class SourceError(IngestError):
    """A source cannot be reached, is refused or is not set up."""


class UnknownFormat(ReadError):  # noqa: N818 - it names what is unknown, not a failure of ours
    """No member of `ingest/formats/` recognises the file."""


class UnknownShape(IngestError):  # noqa: N818 - it names what is unknown, not a failure of ours
    """The file can be read, but what its columns mean cannot be told; carries what was found and a proposal."""

    def __init__(self, message: str, *, columns: tuple[str, ...] = (), proposal: str | None = None) -> None:
        super().__init__(message)
        self.columns = columns
        self.proposal = proposal


class KeyFileError(IngestError):
    """The key file is open to others, too short or cannot be made."""
