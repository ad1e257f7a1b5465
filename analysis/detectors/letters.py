"""Letters: is a family a mail-merge, where are its slots, and what did each sender add."""

from collections.abc import Sequence

from msgspec.structs import replace

from analysis.corpus import Corpus
from analysis.finding import Finding, Member, Relation, Template
from analysis.letters import OutsideSlots, Readings, align, best_followed, prepare, recover_templates

VERSION = "1"
_FOLLOWS = 0.5


def detect(corpus: Corpus, families: Sequence[Finding], *, min_letters: int = 5) -> list[Finding]:
    """The families, those of letters with their template: slots and values, own words, variants outside slots."""
    place = {message.id: i for i, message in enumerate(corpus.messages)}
    language = {int(w): a.language for w, a in zip(corpus.wording, corpus.annotations, strict=True)}
    return [_with_template(corpus, place, language, family, min_letters) for family in families]


def _with_template(
    corpus: Corpus, place: dict[str, int], language: dict[int, str], family: Finding, min_letters: int
) -> Finding:
    at = [place[member.message_id] for member in family.members]
    letters = sum(corpus.messages[i].kind == "letter" for i in at)
    if letters * 2 <= len(at) or len(at) < min_letters or family.texts < 2:
        return family
    weights: dict[int, int] = {}
    for i in at:
        wording = int(corpus.wording[i])
        weights[wording] = weights.get(wording, 0) + corpus.messages[i].weight
    wordings = sorted(weights)
    texts = [corpus.texts[w] for w in wordings]
    readings = Readings()
    templates = recover_templates(
        texts, weights=[weights[w] for w in wordings], min_letters=min_letters, readings=readings
    )
    if not templates:
        return family
    languages = [language[w] for w in wordings]
    read = dict(zip(wordings, _read(texts, languages, templates, readings), strict=True))
    members = tuple(_member(member, read[int(corpus.wording[place[member.message_id]])]) for member in family.members)
    return replace(
        family,
        detector="letters",
        detector_version=VERSION,
        members=members,
        template=templates[0],
        notes=(*family.notes, *_several(templates)),
    )


Reading = tuple[float, tuple[str, ...], tuple[str, ...], bool]


def _read(
    texts: Sequence[str], languages: Sequence[str], templates: Sequence[Template], readings: Readings
) -> list[Reading]:
    """Per text: coverage of the template it follows best, own words, variants outside slots, whether slots exist."""
    prepared = [prepare(template) for template in templates]
    outside = [OutsideSlots(template) for template in templates]
    found: list[Reading] = []
    for text, language in zip(texts, languages, strict=True):
        followed = best_followed(prepared, text, readings) or 0
        best = align(prepared[followed], text, readings)
        marks = outside[followed].variants(best, text, language)
        found.append((best.coverage, best.own, marks, bool(templates[followed].slots)))
    return found


def _member(member: Member, reading: Reading) -> Member:
    coverage, own, marks, slots = reading
    if coverage < _FOLLOWS:
        return member
    relation: Relation = "template" if slots and member.similarity < 1.0 else member.relation
    return replace(member, relation=relation, own_words=own, variants=marks)


def _several(templates: Sequence[Template]) -> tuple[str, ...]:
    if len(templates) == 1:
        return ()
    return (f"{len(templates)} templates stand side by side in this family; the one of most letters is shown",)
