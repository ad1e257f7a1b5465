"""What of a template leaves the house: no filling that fewer than MIN_SHOWN messages share; it may name a person."""

from msgspec.structs import replace

from alerts.rules import MIN_SHOWN
from analysis import Slot, Template


def shown(template: Template | None) -> Template | None:
    """The template with rare fillings left out of its slots; `fillings` still counts them all."""
    if template is None:
        return None
    return replace(template, slots=tuple(_shown(slot) for slot in template.slots))


def _shown(slot: Slot) -> Slot:
    common = tuple((value, count) for value, count in slot.values if count >= MIN_SHOWN)
    return replace(slot, values=common, fillings=slot.fillings or len(slot.values))
