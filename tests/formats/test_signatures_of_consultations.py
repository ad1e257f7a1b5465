"""Exports of consultations and of research tools: one format is sure of each, and damage is borne."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import ReadError, formats
from ingest.formats import opening
from tests.formats.taking_in import SAMPLES, written

OWN = {
    "01_regulations_gov_bulk.csv": "regulations_gov_bulk",
    "02_regulations_gov_v4_details.jsonl": "regulations_gov_v4",
    "02_regulations_gov_v4_list.json": "regulations_gov_v4",
    "03_fcc_ecfs_filings.json": "fcc_ecfs",
    "03_fcc_ecfs_filings_2017_shape.json": "fcc_ecfs",
    "04_hys_allFeedback_brpapi.json": "have_your_say",
    "04_hys_allFeedback_api.json": "have_your_say",
    "04_hys_tool_feedback.csv": "have_your_say",
    "05_eusurvey_results_en.xlsx": "eusurvey",
    "05_eusurvey_resultaten_nl_anoniem.xlsx": "eusurvey",
    "06_decidim_proposals.csv": "decidim",
    "06_decidim_comments.csv": "decidim",
    "06_decidim_comments.json": "decidim",
    "06_decidim_graphql.json": "decidim",
    "07_4cat_twitterv2.csv": "four_cat",
    "07_4cat_telegram.csv": "four_cat",
    "11_coortweet_input.csv": "coortweet",
    "11_coortweet_r_numeric_ids.csv": "coortweet",
}


@pytest.mark.parametrize(("name", "own"), OWN.items())
def test_one_format_is_sure(name: str, own: str) -> None:
    file = opening(SAMPLES / name)
    assert [known for known, module in formats().items() if module.recognise(file) >= 0.96] == [own]


def test_no_format_claims_what_another_knows() -> None:
    files = [opening(path) for path in sorted(SAMPLES.rglob("*")) if path.is_file()]
    claims = [[name for name, module in formats().items() if module.recognise(file) >= 0.96] for file in files]
    assert max(map(len, claims)) == 1


@pytest.mark.parametrize("own", sorted(set(OWN.values())))
@pytest.mark.parametrize(
    "content", ["", "id,text\n1,Geen molens\n", "[]", "{}", '{"id": 1}\n', "PK\x03\x04", "\x00\x01"]
)
def test_other_content_is_not_claimed(own: str, content: str, tmp_path: Path) -> None:
    assert formats()[own].recognise(opening(written(tmp_path, "other", content))) == 0


@pytest.mark.parametrize(("name", "own"), OWN.items())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_damage_is_a_bad_row_or_an_error_that_says_so(name: str, own: str, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray((SAMPLES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(content) - 1))
        content[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    path = written(tmp_path, "damaged", bytes(content))
    formats()[own].recognise(opening(path))
    with contextlib.suppress(ReadError):
        assert all(row.number > 0 for row in formats()[own].read(path).rows)


@pytest.mark.parametrize(("name", "own"), [pair for pair in OWN.items() if pair[0].endswith(("json", "jsonl"))])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_other_types_in_json_are_borne(name: str, own: str, tmp_path: Path, data: st.DataObject) -> None:
    content = (SAMPLES / name).read_text()
    values = ["null", "7", "1e30", "[]", '{"a": [1]}', "true", '"x"', "[null]", "NaN"]
    marks = [at for at, char in enumerate(content) if char == ":" and content[at : at + 2] == ": "]
    for _ in range(data.draw(st.integers(1, 6))):
        at = marks[data.draw(st.integers(0, len(marks) - 1))]
        content = content[: at + 2] + data.draw(st.sampled_from(values)) + ', "z": ' + content[at + 2 :]
        marks = [mark for mark in range(len(content)) if content[mark : mark + 2] == ": "]
    with contextlib.suppress(ReadError):
        assert all(row.number > 0 for row in formats()[own].read(written(tmp_path, "odd", content)).rows)
