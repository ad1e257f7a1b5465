"""What installing did to one thing."""

from typing import Literal

Verb = Literal["made", "changed", "left", "not available", "to do"]


def line(verb: Verb, thing: str) -> str:
    """The sentence for a person."""
    return f"{verb}: {thing}"
