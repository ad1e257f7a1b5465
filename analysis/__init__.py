"""Messages become findings: annotation, embedders, detectors."""

from analysis.annotate import AnnotatedBatch, Annotation, Annotator
from analysis.corpus import Corpus, corpus
from analysis.detectors.bursts import Bursts
from analysis.embedders import Embedder, EmbedderError, open_embedder
from analysis.families.background import Background
from analysis.families.quick import Joined, joins
from analysis.families.wording_background import wording_background
from analysis.finding import (
    Burst,
    Chance,
    Finding,
    Measure,
    Member,
    Narrative,
    Network,
    Relation,
    SharedObject,
    Slot,
    Subject,
    Template,
    Tie,
    Trace,
    Variant,
)
from analysis.language import LANGUAGES, LanguageError, Languages
from analysis.letters import variants
from analysis.narratives import narratives
from analysis.pipelines import mask_names
from analysis.sharing import Calibration, calibrate

__all__ = [
    "LANGUAGES",
    "AnnotatedBatch",
    "Annotation",
    "Annotator",
    "Background",
    "Burst",
    "Bursts",
    "Calibration",
    "Chance",
    "Corpus",
    "Embedder",
    "EmbedderError",
    "Finding",
    "Joined",
    "LanguageError",
    "Languages",
    "Measure",
    "Member",
    "Narrative",
    "Network",
    "Relation",
    "SharedObject",
    "Slot",
    "Subject",
    "Template",
    "Tie",
    "Trace",
    "Variant",
    "calibrate",
    "corpus",
    "joins",
    "mask_names",
    "narratives",
    "open_embedder",
    "variants",
    "wording_background",
]
