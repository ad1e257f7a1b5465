"""Everything that analysts open in Kibana, in one go that may be repeated."""

from collections.abc import Sequence
from typing import Any

import msgspec

from es_mappings.kibana_client import Kibana, get, refused, upload
from es_mappings.kibana_errors import KibanaError
from es_mappings.kibana_naming import SavedObject
from es_mappings.kibana_objects import ndjson, saved_objects
from es_mappings.outcome import line

_SAID = {"index-pattern": "data view", "search": "search", "dashboard": "dashboard"}
_WHY = {
    "unsupported_type": "this Kibana does not know objects of this kind: is it of version 9 or later?",
    "conflict": "another object has this id: delete that one",
    "ambiguous_conflict": "several objects claim this id: delete them in Kibana under Saved Objects",
    "missing_references": "what it refers to is not there",
}


class _Written(msgspec.Struct, frozen=True, rename="camel"):
    type: str
    id: str
    overwrite: bool = False
    destination_id: str | None = None


class _Refused(msgspec.Struct, frozen=True):
    type: str
    id: str
    error: dict[str, Any] = {}


class _Imported(msgspec.Struct, frozen=True, rename="camel"):
    success: bool
    success_results: tuple[_Written, ...] = ()
    errors: tuple[_Refused, ...] = ()


def install_kibana(kibana: Kibana, *, prefix: str) -> list[str]:
    """Put data views, searches and dashboards into the space, over what is there under the same ids.

    Says of each whether it was made or written again. Needs a space that exists and the right to write saved objects
    in it. KibanaError names the fix; some objects may be there then, and the next run completes them.
    """
    _check_space(kibana)
    objects = saved_objects(prefix, kibana.space)
    answer = upload(kibana, "/api/saved_objects/_import?overwrite=true", f"{prefix}.ndjson", ndjson(objects))
    if answer.status != 200:
        raise refused(kibana, answer)
    imported = _decoded(kibana, answer.body)
    if imported.errors or not imported.success:
        raise KibanaError(f"{kibana.where}: {_refusals(imported.errors)}")
    return _lines(objects, {(one.type, one.id): one for one in imported.success_results})


def _check_space(kibana: Kibana) -> None:
    """Kibana takes objects for a space that does not exist, and nobody would ever see them."""
    if not kibana.space:
        return
    anywhere = msgspec.structs.replace(kibana, space="")
    answer = get(anywhere, f"/api/spaces/space/{kibana.space}")
    if answer.status == 404:
        raise KibanaError(
            f"{kibana.where}: it has no space {kibana.space!r}, or these credentials may not see it: make the space in "
            "Kibana under Stack Management, or correct kibana.space; empty is the default space. If no Kibana answers "
            "there, correct kibana.url"
        )
    if answer.status != 200:
        raise refused(kibana, answer)


def _decoded(kibana: Kibana, body: bytes) -> _Imported:
    try:
        return msgspec.json.decode(body, type=_Imported)
    except msgspec.DecodeError:
        raise KibanaError(f"{kibana.where}: this is no Kibana: correct kibana.url") from None


def _refusals(errors: Sequence[_Refused]) -> str:
    told = "; ".join(f"{_SAID.get(one.type, one.type)} {one.id}: {_reason(one.error)}" for one in errors)
    return f"it refused {len(errors)} objects: {told}" if told else "it wrote nothing and gave no reason: see its log"


def _reason(error: dict[str, Any]) -> str:
    kind = str(error.get("type", "unknown"))
    missing = ", ".join(str(one.get("id")) for one in error.get("references", ()))
    return " ".join(filter(None, [_WHY.get(kind) or str(error.get("message", kind)), missing and f"({missing})"]))


def _lines(objects: Sequence[SavedObject], written: dict[tuple[str, str], _Written]) -> list[str]:
    return [_line(one, written.get((one["type"], one["id"]))) for one in objects]


def _line(one: SavedObject, written: _Written | None) -> str:
    attributes = one["attributes"]
    name = attributes["name"] if one["type"] == "index-pattern" else attributes["title"]
    what = f"Kibana {_SAID[one['type']]} {name!r}"
    if written is not None and written.destination_id not in {None, one["id"]}:
        return line("to do", f"{what}: another space has the id {one['id']}, so links do not find it: delete that one")
    return line("changed", f"{what}, written again") if written and written.overwrite else line("made", what)
