"""From what a system wrote to what people read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import placeholder_name
from ingest.text.links import cleaned
from ingest.text.markup import readable


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("One<br/>two<br>three", "One\ntwo\nthree"),
        ("<p>One</p><p>two &amp; three</p>", "One\n\ntwo & three"),
        ("a < b and b > c; 3<5", "a < b and b > c; 3<5"),
        ("don&rsquo;t &#39;do&#39; it", "don’t 'do' it"),
        ("one \u200b\u00adtwo\x00\ufeff", "one two"),
        ("  one \t two\r\n\r\n\r\n\r\nthree  ", "one two\n\nthree"),
        ('<a href="https://a.nl/long"><span>https://</span><span>a.nl/lo…</span></a>', "https://a.nl/long"),
        ('see <a href="https://a.nl">this page</a>', "see this page"),
        ("<script>alert(1)</script>text", "text"),
        ("cafe\u0301", "café"),
    ],
)
def test_readable(written: str, read: str) -> None:
    assert readable(written) == read


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_readable_text_can_be_stored(text: str) -> None:
    read = readable(text)
    read.encode("utf-8")
    assert "\x00" not in read
    assert read == read.strip()


def test_tracking_leaves_links() -> None:
    text, links = cleaned("Lees (HTTPS://Example.org/a?utm_source=x&id=1&fbclid=z#top)!")
    assert text == "Lees (https://example.org/a?id=1)!"
    assert links == ["https://example.org/a?id=1"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("See attached file(s)", "attachment"),
        ("Please see the attached letter.", "attachment"),
        ("Zie bijlage.", "attachment"),
        ("Siehe Anhang", "attachment"),
        ("Voir pièce jointe", "attachment"),
        ("Vezi documentul atașat", "attachment"),
        ("[deleted]", "deleted"),
        ("[removed]", "removed"),
        ("n.v.t.", "no text"),
        ("-", "empty"),
        ("", "empty"),
        ("See attached my reasons: the plan harms birds and people alike", None),
        ("Geen windmolens!", None),
        ("👍", None),
        ("Nee", None),
    ],
)
def test_placeholders(text: str, name: str | None) -> None:
    assert placeholder_name(text) == name
