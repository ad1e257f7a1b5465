"""The page: self-contained, in order, in one language, safe, and honest about weeks with nothing or with too much."""

import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts import dutch
from alerts.report import render_html
from tests.alerts_out.examples import letters_alert, posts_alert, week

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """Reads a page strictly: every element closed in its turn; keeps headings, ids, links, tables and words."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.stack:
            self.words.append(data)

    def of(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def markup() -> str:
    return render_html(week())


@pytest.fixture(scope="module")
def page(markup: str) -> Page:
    return Page(markup)


def test_headings_go_down_one_level_at_a_time(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def test_every_table_has_a_caption_and_scoped_headers(page: Page) -> None:
    tables = len(page.of("table"))
    assert tables > 10
    assert len(page.of("caption")) == tables
    assert {attributes.get("scope") for attributes in page.of("th")} == {"col", "row"}


def test_ids_are_unique_and_every_link_arrives(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {attributes["href"] for attributes in page.of("a")} <= {f"#{name}" for name in ids}
    for drawing in page.of("svg"):
        assert drawing["role"] == "img"
        assert set(str(drawing["aria-labelledby"]).split()) <= set(ids)


def test_nothing_comes_from_outside_and_the_style_is_the_one_allowed(page: Page, markup: str) -> None:
    assert not page.of("script", "link", "iframe", "object", "img")
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert re.search(r"url\((?!#)|@import", markup) is None
    style = re.search(r"<style>(.*?)</style>", markup, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    policy = page.of("meta")[1]["content"]
    assert policy is not None
    assert f"'sha256-{digest}'" in policy
    assert not any("style" in attributes for _, attributes in page.tags)


def test_an_alert_carries_what_a_reader_needs_to_check_it(page: Page) -> None:
    for part in (
        "147 brieven naar één sjabloon, niet aangekondigd",
        "[open plek 1]",
        "Zwolle (61)",
        "zijn 18,4 van zulke families te verwachten",
        "p < 0,000001; q < 0,000001",
        dutch("The shared text is 58 words long: no headline."),
        dutch("Identity: whether the senders are who they say they are was not checked."),
        "zeer waarschijnlijk (88 van 100)",
        "T0084.001",
        "niet vastgesteld",
        "+86 berichten, nu 147",
        "61 brieven naar één sjabloon, niet aangekondigd.",
        dutch("Acknowledged."),
        "17 nov 2026, 10:00",
        hashlib.sha256(b"tekst 0").hexdigest(),
        "50 van 147 berichten",
    ):
        assert part in page.text


def test_reviewers_and_rare_fillings_stay_out(page: Page) -> None:
    assert "de Boer" not in page.text
    assert "Raalte" not in page.text
    assert "twee berichten" not in page.text


def test_both_counts_add_up(page: Page) -> None:
    assert "21.874" in page.text
    assert "20.900" in page.text


def test_a_quiet_week_is_a_finding_too() -> None:
    quiet = Page(render_html(week((), lang="en", families=(), narratives=(), declared=(), coverage=(), error_rates=())))
    assert "A quiet period is a finding too" in quiet.text
    assert "No measured error rates came with this report" in quiet.text


def test_of_three_hundred_alerts_the_first_stand_in_full() -> None:
    crowded = render_html(week(tuple(posts_alert(number) for number in range(300))))
    page = Page(crowded)
    assert (
        len([attributes for attributes in page.of("div") if str(attributes.get("id", "")).startswith("alert-")])
        == 25 * 7
    )
    assert "Nog 275 meldingen, in het kort" in page.text
    assert len(crowded) < 3_000_000


def test_no_english_label_is_left_in_the_dutch_page(page: Page) -> None:
    english = {
        "the",
        "of",
        "and",
        "not",
        "messages",
        "alert",
        "alerts",
        "sender",
        "senders",
        "review",
        "none",
        "stated",
    }
    own = page.text
    for text in (*posts_alert().examples, *posts_alert().shared, *posts_alert().differs):
        own = own.replace(" ".join(text.split()), "")
    own = own.replace("alerts.json", "")
    assert english & set(re.findall(r"[a-z]+", own.casefold())) <= {"of"}


def test_foreign_texts_say_their_language(page: Page) -> None:
    assert {"lang": "en"} in page.of("blockquote")
    assert {} in page.of("blockquote")


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="no report language 'xx'; there are: en, nl"):
        render_html(week(lang="xx"))


@settings(max_examples=15, deadline=None)
@given(text=st.text(min_size=1, max_size=60))
def test_no_text_becomes_markup(text: str) -> None:
    hostile = f"<script>alert(1)</script>\"'&{text}{{{{ 7*7 }}}}"
    alert = msgspec.structs.replace(
        letters_alert(), rule="other", title=hostile, examples=(hostile,), shared=(hostile,)
    )
    page = Page(render_html(week((alert,), title=hostile, notes=(hostile,))))
    assert not page.of("script")
    assert "{{ 7*7 }}" in page.text


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, as WCAG 2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ink", ["ink", "soft", "blue"])
@pytest.mark.parametrize("paper", ["#ffffff", "wash", "mark"])
def test_text_stands_out_from_its_ground(markup: str, ink: str, paper: str) -> None:
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", markup))
    light, dark = luminance(colours.get(paper, paper)), luminance(colours[ink])
    assert (light + 0.05) / (dark + 0.05) >= 4.5
