"""Messages become findings: annotation, embedders, detectors."""

from analysis.annotate import AnnotatedBatch, Annotation, Annotator
from analysis.corpus import Corpus, corpus
from analysis.embedders import Embedder, EmbedderError, open_embedder
from analysis.finding import Chance, Finding, Measure, Member, Narrative, Relation, Slot, Template, Variant
from analysis.language import LANGUAGES, LanguageError, Languages
from analysis.letters import variants
from analysis.narratives import narratives
from analysis.pipelines import mask_names

__all__ = [
    "LANGUAGES",
    "AnnotatedBatch",
    "Annotation",
    "Annotator",
    "Chance",
    "Corpus",
    "Embedder",
    "EmbedderError",
    "Finding",
    "LanguageError",
    "Languages",
    "Measure",
    "Member",
    "Narrative",
    "Relation",
    "Slot",
    "Template",
    "Variant",
    "corpus",
    "mask_names",
    "narratives",
    "open_embedder",
    "variants",
]
