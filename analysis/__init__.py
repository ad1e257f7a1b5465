"""Messages become findings: annotation, embedders, detectors."""

from analysis.finding import Chance, Finding, Measure, Member, Narrative, Relation, Slot, Template, Variant

__all__ = ["Chance", "Finding", "Measure", "Member", "Narrative", "Relation", "Slot", "Template", "Variant"]
