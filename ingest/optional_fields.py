"""The fields that not every export has, each read from one cell."""

from collections.abc import Callable
from functools import lru_cache

from ingest.cells import as_list, as_name, as_weight
from ingest.identity import message_id
from ingest.pseudonyms import Pseudonyms
from ingest.rows import Value
from ingest.text.links import canonical
from ingest.text.scrub import scrubbed

Reader = Callable[[Value], object]
_NO_LANGUAGE = frozenset(("und", "mul", "zxx", "qme", "qst", "nan", "art"))


def readers(source: str, pseudonyms: Pseudonyms) -> dict[str, Reader]:
    """How the cell of each optional role is read; handles and addresses in any of them become pseudonyms."""

    def safe(value: Value) -> str | None:
        name = as_name(value)
        return scrubbed(name, pseudonyms)[0] if name else None

    def links(value: Value) -> tuple[str, ...]:
        return tuple(canonical(scrubbed(link, pseudonyms)[0]) for link in as_list(value) if "://" in link)

    def reference(value: Value) -> str | None:
        name = as_name(value[0] if isinstance(value, list) and value else value)
        return message_id(source, name) if name and name.casefold() not in ("false", "no", "0") else None

    return {
        "language": language,
        "channel": safe,
        "organisation": safe,
        "declared_campaign": safe,
        "links": links,
        "mentions": lambda value: tuple(map(pseudonyms.of, as_list(value))),
        "hashtags": lambda value: tuple(filter(None, (tag.lstrip("#").casefold() for tag in as_list(value)))),
        "reply_to": reference,
        "repost_of": reference,
        "repost_author": lambda value: pseudonyms.of(name) if (name := as_name(value)) else None,
        "media": lambda value: tuple(as_list(value)),
        "objects": lambda value: tuple(scrubbed(item, pseudonyms)[0] for item in as_list(value)),
        "weight": as_weight,
    }


def language(value: Value) -> str | None:
    """The two or three letters of the language; `und` and its kin are no language."""
    return _language(value) if isinstance(value, str) else _language_of(value)


def _language_of(value: Value) -> str | None:
    code = (as_list(value) or [""])[0].lower().replace("_", "-").partition("-")[0]
    return code if 2 <= len(code) <= 3 and code.isalpha() and code not in _NO_LANGUAGE else None


_language = lru_cache(maxsize=1_000)(_language_of)
