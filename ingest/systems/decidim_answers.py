"""The proposals and comments in an answer of Decidim's GraphQL interface, wherever in it they stand."""

from collections.abc import Iterator
from typing import Any

from ingest.json_values import object_in, objects_in, string_in
from ingest.rows import Value

_DEPTH = 60
_SKIPPED = frozenset(("author", "title", "body", "name", "description", "pageInfo"))


def contributions(
    answer: Any, slug: str | None = None, parent: str | None = None, depth: int = 0
) -> Iterator[dict[str, Any]]:
    """Each with its fields under the names of the exports; `slug` is that of the space around it."""
    if depth > _DEPTH:
        return
    if isinstance(answer, list):
        for item in answer:
            yield from contributions(item, slug, parent, depth + 1)
    elif isinstance(answer, dict):
        slug = string_in(answer.get("slug")) or slug
        if "body" in answer and "id" in answer:
            yield _contribution(answer, slug, parent)
            parent = _id(answer, parent)
        for name, value in answer.items():
            if name not in _SKIPPED and isinstance(value, dict | list):
                yield from contributions(value, slug, parent, depth + 1)


def _contribution(item: dict[str, Any], slug: str | None, parent: str | None) -> dict[str, Value]:
    author = object_in(item.get("author"))
    fields: dict[str, Value] = {
        "id": _id(item, parent),
        "author/id": string_in(author.get("id")) or string_in(author.get("nickname")),
        "author/name": string_in(author.get("name")),
        "published_at": string_in(item.get("publishedAt")) or string_in(item.get("createdAt")),
        "participatory_space/url": slug,
        "commentable_id": parent,
        "commentable_type": "Decidim::Comments::Comment" if parent else None,
    }
    return {**fields, **_translated("title", item.get("title")), **_translated("body", item.get("body"))}


def _id(item: dict[str, Any], parent: str | None) -> str | None:
    """Proposals and comments are numbered apart."""
    number = string_in(item.get("id"))
    return f"comment {number}" if parent and number else number


def _translated(name: str, value: Any) -> dict[str, Value]:
    """A text in its languages, or one that has none."""
    if isinstance(value, dict):
        listed = objects_in(value.get("translations"))
        found: dict[str, Value] = {
            f"{name}/{item.get('locale')}": string_in(item.get("text"))
            for item in listed
            if not item.get("machineTranslated")
        }
        return found or {name: string_in(value.get("translation"))}
    return {name: string_in(value)}
