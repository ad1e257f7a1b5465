"""Fetching a feed the way its server asks for: only when it has changed, never more often than it allows."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from types import TracebackType
from typing import Literal, Self

import httpx
import msgspec

from ingest.sources.syndication.addresses import told, why_not_follow
from ingest.sources.syndication.unpacking import UnpackingError, unpacked

LARGEST_BYTES = 16 << 20
_MOST_REDIRECTS = 5
_WHOLE_SECONDS = 60.0
_LONGEST_WAIT = timedelta(days=1)
_WORDS = {
    401: "it asks for a password; write an address that does not",
    403: "it refuses to be read (403); ask whoever runs it",
    404: "there is nothing at that address (404); look up the new one",
}


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking for a feed.

    `reason` says why it failed, `wait` how long its server wants to be left alone, `moved_to` where it has moved to for
    good.
    """

    outcome: Literal["new", "same", "gone", "failed"]
    content: bytes = b""
    content_type: str = ""
    etag: str | None = None
    modified: str | None = None
    reason: str = ""
    wait: timedelta | None = None
    moved_to: str | None = None


class Fetcher:
    """Asks for feeds over connections that it keeps; `timeout_seconds` bounds every wait for a server."""

    def __init__(self, timeout_seconds: float) -> None:
        self._timeout = timeout_seconds
        self._client = httpx.Client(
            timeout=httpx.Timeout(timeout_seconds, connect=min(timeout_seconds, 10.0)),
            headers={
                "User-Agent": f"stemwacht/{version('stemwacht')} (reads feeds)",
                "Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5",
                "Accept-Encoding": "gzip, deflate",
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def fetch(self, url: str, *, etag: str | None, modified: str | None, now: datetime) -> Answer:
        """The feed if it is another than the one with this ETag and Last-Modified; every failure is an answer."""
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        try:
            return self._followed(httpx.URL(url), {name: value for name, value in headers.items() if value}, now)
        except UnpackingError as error:
            return _failed(str(error))
        except httpx.TimeoutException:
            return _failed(f"no answer within {self._timeout:g} seconds")
        except httpx.ConnectError as error:
            return _failed(f"no connection ({error or 'refused'})")
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
            return _failed(f"what it answers is no proper HTTP ({type(error).__name__})")

    def _followed(self, configured: httpx.URL, headers: dict[str, str], now: datetime) -> Answer:
        at, moved_to, is_permanent = configured, None, True
        until = time.monotonic() + _WHOLE_SECONDS
        for _ in range(_MOST_REDIRECTS + 1):
            with self._client.stream("GET", at, headers=headers) as response:
                if not response.has_redirect_location:
                    answer = _answered(response, now, until)
                    return msgspec.structs.replace(answer, moved_to=moved_to)
                at = at.join(response.headers["location"])
                is_permanent = is_permanent and response.status_code in (301, 308)
            if why := why_not_follow(configured, at):
                return _failed(why)
            moved_to = told(str(at)) if is_permanent else moved_to
        return _failed(f"it redirects more than {_MOST_REDIRECTS} times")


def _answered(response: httpx.Response, now: datetime, until: float) -> Answer:
    status = response.status_code
    if status == httpx.codes.NOT_MODIFIED:
        return Answer(outcome="same")
    if status == httpx.codes.GONE:
        return Answer(outcome="gone", reason="it is gone for good (410); take it out of urls")
    if status != httpx.codes.OK:
        words = _WORDS.get(status, f"it answers with HTTP {status}")
        return Answer(outcome="failed", reason=words, wait=_wait(response.headers.get("retry-after"), now))
    parts = []
    for part in unpacked(response.iter_raw(), response.headers.get("content-encoding", ""), LARGEST_BYTES):
        parts.append(part)
        if time.monotonic() > until:
            return _failed(f"it takes more than {_WHOLE_SECONDS:g} seconds to come")
    return Answer(
        outcome="new",
        content=b"".join(parts),
        content_type=response.headers.get("content-type", ""),
        etag=response.headers.get("etag"),
        modified=response.headers.get("last-modified"),
    )


def _wait(retry_after: str | None, now: datetime) -> timedelta | None:
    """The header in seconds or as a date; a day at most, so that a mistake there does not end the reading."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        wait = timedelta(seconds=min(int(retry_after.strip()[:9]), 10**8))
    else:
        try:
            then = parsedate_to_datetime(retry_after)
        except ValueError:
            return None
        wait = (then if then.tzinfo else then.replace(tzinfo=UTC)) - now
    return max(timedelta(0), min(wait, _LONGEST_WAIT))


def _failed(reason: str) -> Answer:
    return Answer(outcome="failed", reason=reason)
