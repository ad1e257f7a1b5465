"""For each kind of source a small world to pull from, real but for the internet: one contract runs over all of them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from tests.sources.relay import account, deletion, post, relay
from tests.sources.web import Reply, web

# Who is in them, and what must not be seen of them outside.
NAMES = ("Wim Zonneveld", "w.zonneveld@post.nl", "did:plc:zonneveld", "@zonneveld.example")
ANYONE = f"{NAMES[1]} van {NAMES[3]}"


class World(msgspec.Struct, frozen=True):
    """What to write in the configuration to read it, and its clock, where its time is not ours."""

    options: Mapping[str, object]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


@contextmanager
def _bluesky(folder: Path) -> Iterator[World]:
    did = NAMES[2]
    frames = [
        post(1, f"Een bericht van {ANYONE}", did=did),
        post(2, "Nog een", did=did),
        f"kapot {did} {ANYONE}",
        deletion(3, "r2", did=did),
        account(4, did, active=False, status="deleted"),
        post(5, "Een derde", did="did:plc:ander"),
    ]
    with relay(frames) as network:
        yield World({"relay": network.url, "seconds": 8.0}, network.now)


@contextmanager
def _feeds(folder: Path) -> Iterator[World]:
    def feed(number: int) -> Reply:
        item = (
            f"<item><guid>https://nieuws.example/{number}?van={NAMES[1]}</guid><title>Kop {number}</title>"
            f"<author>{NAMES[1]} ({NAMES[0]})</author><description>Tekst van {ANYONE}, {NAMES[0]}</description></item>"
        )
        body = f'<rss version="2.0"><channel><title>Nieuws van {NAMES[1]}</title>{item}</channel></rss>'
        return Reply(body.encode())

    with web() as site:
        site.pages |= {"/1": feed(1), "/2": feed(2), "/3": Reply(status=500)}
        yield World({"urls": tuple(site.at(f"/{number}") for number in (1, 2, 3))})


@contextmanager
def _folder(folder: Path) -> Iterator[World]:
    for number in (1, 2):
        rows = f'{number},{NAMES[0]},"Een brief van {ANYONE}, {NAMES[0]}"\n,,\n'
        (folder / f"brieven{number}.csv").write_text(f"id,auteur,tekst\n{rows}")
    yield World({"path": str(folder), "settle_seconds": 0})


WORLDS = {"bluesky": _bluesky, "feeds": _feeds, "folder": _folder}
