"""Rule files into rules; a rule with a key, check or language that does not exist is an error at load."""

from itertools import product
from pathlib import Path

from alerts.benign import CHECKS
from alerts.rules.rule import Rule, title
from alerts.strict import read_toml, strict, unknown

BUILT_IN = Path(__file__).parent


def load_rules(folder: Path | None = None) -> tuple[Rule, ...]:
    """The rules of a folder, by default those that come with Stemwacht, by id; ValueError names file and fix."""
    place = folder or BUILT_IN
    files = sorted(place.glob("*.toml"))
    if not files:
        raise ValueError(f"no rules (*.toml) in {place}")
    rules = tuple(_load(path) for path in files)
    _check_apart(rules)
    return tuple(sorted(rules, key=lambda rule: rule.id))


def _load(path: Path) -> Rule:
    rule = strict(read_toml(path), Rule, where=path.name)
    for name in (*rule.holds_back, *rule.informs):
        if name not in CHECKS:
            raise ValueError(f"{path.name}: {unknown(name, list(CHECKS), 'benign check')}")
    twice = sorted(set(rule.holds_back) & set(rule.informs))
    if twice:
        raise ValueError(f"{path.name}: {', '.join(twice)} both holds back and informs; name it once")
    try:
        for language in ("nl", "en"):
            title(rule, messages=5, kind="post", languages=2, senders=5, objects=2, language=language)
    except (KeyError, IndexError, ValueError):
        raise ValueError(
            f"{path.name}: a title may use {{messages}}, {{kind}}, {{languages}}, {{senders}} and {{objects}} only"
        ) from None
    return rule


def _check_apart(rules: tuple[Rule, ...]) -> None:
    """Each finding has one rule, so that one campaign has one alert."""
    ids: set[str] = set()
    covers: dict[tuple[str, str, str], str] = {}
    for rule in rules:
        if rule.id in ids:
            raise ValueError(f"two rules have the id {rule.id!r}; rename one")
        ids.add(rule.id)
        for case in product(rule.detectors, rule.relations, rule.subjects or ("",)):
            if case in covers:
                raise ValueError(f"rules {covers[case]!r} and {rule.id!r} both cover {case[1]} of {case[0]}; keep one")
            covers[case] = rule.id
