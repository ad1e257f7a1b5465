"""Which posts are wanted: by language, word and hashtag."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from ingest.json_values import objects_in, string_in, strings_in

_WORD = re.compile(r"\w+")
_TAG = re.compile(r"#(\w+)")


class Selection:
    """Posts in one of the languages that hold one of the words or bear one of the hashtags; no condition takes all.

    Case and accents make no difference; words are whole ones, and a keyword of several is a phrase. A post that states
    no language is in none.
    """

    def __init__(self, languages: Iterable[str], keywords: Iterable[str], hashtags: Iterable[str]) -> None:
        self._languages = frozenset(language.lower() for language in languages)
        self._phrases = [_phrase(keyword) for keyword in keywords]
        self._tags = frozenset(_folded(tag.lstrip("#")) for tag in hashtags)

    def takes(self, post: Mapping[str, Any]) -> bool:
        """Whether the record of a post is wanted."""
        if self._languages and self._languages.isdisjoint(_languages(post)):
            return False
        if not self._phrases and not self._tags:
            return True
        text = string_in(post.get("text")) or ""
        said = _phrase(text)
        return any(phrase in said for phrase in self._phrases) or not self._tags.isdisjoint(_tags(post, text))


def _languages(post: Mapping[str, Any]) -> set[str]:
    return {language.lower().replace("_", "-").partition("-")[0] for language in strings_in(post.get("langs"))}


def _tags(post: Mapping[str, Any], text: str) -> set[str]:
    features = (part for facet in objects_in(post.get("facets")) for part in objects_in(facet.get("features")))
    marked = (tag for feature in features if (tag := string_in(feature.get("tag"))))
    return {_folded(tag.lstrip("#")) for tag in (*marked, *strings_in(post.get("tags")), *_TAG.findall(text))}


def _phrase(text: str) -> str:
    """The words with a blank before and after each, so that a phrase within it is one of whole words."""
    return f" {' '.join(_WORD.findall(_folded(text)))} "


def _folded(text: str) -> str:
    text = text.casefold()
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
