"""Changes that keep a file whole enough to be read: odd values in JSON, in cells, and in the parts of zip files."""

import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from typing import Any

from ingest.archives import DAMAGED

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1, 2**63, 1e308, 1.5, "", " ", "\x00", "\ud800", "é" * 300, "9" * 400, "1.9E+18", "1970-01-01",
    "2025-02-30T25:61:00Z", "0000-00-00", "9999-12-31T23:59:59+14:00", "12 maart 2025 (14:05)", "null", "=1+1", "'-",
    "<p>a<br>b", "&#x110000;", "&amp;amp;", "https://[::1", "http://x/?utm_source=a#", "@a@b.c #d", "a\r\nb", "{", "[]",
    [], {}, [[]], [None], {"": {}}, [{}], ["a"], {"id": None}, [[[[[[[[[1]]]]]]]]],
)  # fmt: skip
_DELIMITERS = b",;\t"
_VALUE = re.compile(rb'(?<=>)[^<>]+(?=<)|(?<==")[^"]*(?=")')
_WITHIN_MARKUP = 0.7
Bytes = Callable[[bytes, int], bytes]


def mutated(data: bytes, max_size: int, seed: int, by_bytes: Bytes) -> bytes:
    """The input with one change; `by_bytes` is libFuzzer's own, made in a third of all cases and where nothing fits."""
    chance = random.Random(seed)  # noqa: S311 - it decides what is tried, nothing more
    if chance.random() < 1 / 3:
        return by_bytes(data, max_size)
    if data.startswith(b"PK"):
        changed = _zip(data, chance, by_bytes)
    else:
        changed = _json(data, chance) or _json_line(data, chance) or _cell(data, chance)
    return changed if changed and len(changed) <= max_size else by_bytes(data, max_size)


def _json(data: bytes, chance: random.Random) -> bytes | None:
    if data.lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return None
    _change(document, chance)
    return json.dumps(document).encode()


def _json_line(data: bytes, chance: random.Random) -> bytes | None:
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    changed = _json(lines[at], chance)
    return None if changed is None else b"\n".join([*lines[:at], changed, *lines[at + 1 :]])


def _change(node: Any, chance: random.Random) -> None:
    """Walks down at random and changes, drops or doubles what it comes to."""
    while isinstance(node, dict | list) and node:
        key = chance.choice(list(node)) if isinstance(node, dict) else chance.randrange(len(node))
        inner = node[key]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.85:
            node = inner
            continue
        if chance.random() < 0.2:
            del node[key]
        elif isinstance(node, list) and chance.random() < 0.3:
            node.append(inner)
        else:
            node[key] = chance.choice(ODD)
        return


def _cell(data: bytes, chance: random.Random) -> bytes:
    """One field of one line replaced; letters and their headers count as lines too."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    delimiter = bytes([max(_DELIMITERS, key=data[:400].count)])
    cells = lines[at].split(delimiter)
    odd = chance.choice(ODD)
    told = odd if isinstance(odd, str) else json.dumps(odd)
    cells[chance.randrange(len(cells))] = told.encode("utf-8", "surrogatepass")
    return b"\n".join([*lines[:at], delimiter.join(cells), *lines[at + 1 :]])


def _value(part: bytes, chance: random.Random) -> bytes | None:
    """One text or one attribute of a part in XML replaced, so that the part stays XML; None where there is none."""
    found = list(_VALUE.finditer(part))
    if not found:
        return None
    match = chance.choice(found)
    odd = chance.choice(ODD)
    told = (odd if isinstance(odd, str) else json.dumps(odd)).encode("utf-8", "surrogatepass")
    told = told.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b'"', b"&quot;")
    return part[: match.start()] + told + part[match.end() :]


def _zip(data: bytes, chance: random.Random, by_bytes: Bytes) -> bytes | None:
    """One part of a zip file changed, and the whole packed again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (*DAMAGED, RuntimeError, OSError, ValueError):
        return None
    if not parts or sum(map(len, parts.values())) > 1 << 20:
        return None
    name = chance.choice(list(parts))
    changed = _value(parts[name], chance) if chance.random() < _WITHIN_MARKUP else None
    parts[name] = changed or by_bytes(parts[name], len(parts[name]) + 200)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return packed.getvalue()
