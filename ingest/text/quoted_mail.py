"""The sender's own words in a mail: without the mail that is answered, the signature and the name of the device."""

import re
from collections.abc import Sequence

from ingest.text.mail_marks import (
    ADDRESSED,
    AFTERTHOUGHT,
    ATTRIBUTION,
    DEVICE,
    DEVICE_WORD,
    FROM,
    NESTED,
    NOT_OWN,
    OTHER_FIELD,
    QUOTED,
    SEPARATOR,
    WROTE_WORD,
)

_WORD = re.compile(r"[^\W\d_]{2}")
_LONG_QUOTE_LINES = 5
_SIGNATURE_LINES, _SIGNATURE_CHARS = 8, 600
_WRAPPED_LINES = 3
_HEADER_LINES = 6
_LONGEST_MARK_CHARS = 1000
_EMPTY_LINES = re.compile(r"\n{3,}")


def without_quotes(text: str) -> str:
    """The text without quoted mail, signature and device line; the text itself where nothing of one's own would stay.

    Cut are: everything below a separator or a block of mail headers; lines marked `>` under a line such as
    `Op … schreef …:`, or where their form shows that a mail is quoted; everything below such a line with an address in
    it; what follows a line `--` if it is short; a line that names the device, at the end. A quotation in prose stays.
    """
    if not _may_hold_mail(text):
        return text
    lines = text.split("\n")
    for step in (_above_header, _without_quoted_lines):
        kept = step(lines)
        lines = kept if _says_something(kept) else lines
    lines = _without_endings(lines)
    return text if len(lines) == text.count("\n") + 1 else _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def _may_hold_mail(text: str) -> bool:
    return ">" in text or "--" in text or ":" in text or DEVICE_WORD.search(text) is not None


def _says_something(lines: Sequence[str]) -> bool:
    """Whether there is a word that is not part of a quotation, a header or the name of a device."""
    return any(map(_is_own, lines))


def _is_own(line: str) -> bool:
    return _WORD.search(line) is not None and not any(form.match(line) for form in NOT_OWN)


def _above_header(lines: list[str]) -> list[str]:
    """What stands above the first separator, block of headers or addressed attribution that something stands above."""
    said = False
    for at, line in enumerate(lines):
        if said and _starts_mail(lines, at):
            return lines[:at]
        said = said or _is_own(line)
    return lines


def _starts_mail(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    if len(line) > _LONGEST_MARK_CHARS or (":" not in line and "-" not in line and _rises(line) is None):
        return False
    return SEPARATOR.fullmatch(line) is not None or _starts_headers(lines, at) or _introduces_unmarked(lines, at)


def _rises(line: str) -> re.Match[str] | None:
    """Whether an attribution may start on this line and go on below it."""
    return re.match(r"\s*(?:op|on|am|le|[îi]n|pe|la data de)\b.*\d", line, re.IGNORECASE)


def _starts_headers(lines: Sequence[str], at: int) -> bool:
    """A sender's field, and right below it two more fields of a mail."""
    if not FROM.fullmatch(lines[at]):
        return False
    below = [line for line in lines[at + 1 : at + 1 + _HEADER_LINES] if line.strip()]
    return sum(OTHER_FIELD.fullmatch(line) is not None for line in below[:4]) >= 2


def _introduces_unmarked(lines: Sequence[str], at: int) -> bool:
    """An attribution that names an address, over lines without marks."""
    end = _attribution_end(lines, at)
    if end is None or not ADDRESSED.search(" ".join(lines[at:end])):
        return False
    below = next((line for line in lines[end:] if line.strip()), "")
    return not QUOTED.match(below)


def _attribution_end(lines: Sequence[str], at: int) -> int | None:
    """The line after an attribution that starts at `at`; mail programs wrap it over up to three lines."""
    for end in range(at + 1, min(at + _WRAPPED_LINES, len(lines)) + 1):
        if not lines[end - 1].strip() or len(lines[end - 1]) > 400:
            return None
        joined = " ".join(lines[at:end])
        if joined.rstrip().endswith(":"):
            return end if WROTE_WORD.search(joined) and ATTRIBUTION.fullmatch(joined) else None
    return None


def _without_quoted_lines(lines: list[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        end = _attribution_end(lines, at) or at
        if end == at and not QUOTED.match(lines[at]):
            kept.append(lines[at])
            at += 1
            continue
        start = next((i for i in range(end, len(lines)) if lines[i].strip()), len(lines))
        stop = next((i for i in range(start, len(lines)) if not QUOTED.match(lines[i])), len(lines))
        if stop > start and (end > at or (start == at and _is_mail_quote(lines[start:stop]))):
            at = stop
        else:
            kept.append(lines[at])
            at += 1
    return kept


def _is_mail_quote(block: Sequence[str]) -> bool:
    """A few lines marked `>` may be a list or a comparison; nested or empty ones, or many, are a quoted mail."""
    return len(block) >= _LONG_QUOTE_LINES or (len(block) > 1 and any(map(NESTED.match, block)))


def _without_endings(lines: list[str]) -> list[str]:
    """Without signatures and device lines at the end, as many as there are below something that is said."""
    said = next((at for at, line in enumerate(lines) if _is_own(line)), len(lines))
    end = len(lines)
    while (start := _ending_start(lines, end)) is not None and start > said:
        end = start
    return lines[:end]


def _ending_start(lines: Sequence[str], end: int) -> int | None:
    """Where the last signature or device line before `end` begins; blank lines at the end do not count."""
    last = next((at for at in range(end - 1, -1, -1) if lines[at].strip()), -1)
    if last >= 0 and DEVICE.fullmatch(lines[last]) and DEVICE_WORD.search(lines[last]):
        return last
    filled = chars = 0
    for at in range(last, -1, -1):
        line = lines[at]
        if line.rstrip() == "--":
            return at
        filled += bool(line.strip())
        chars += len(line)
        if filled > _SIGNATURE_LINES or chars > _SIGNATURE_CHARS or AFTERTHOUGHT.match(line):
            return None
    return None
