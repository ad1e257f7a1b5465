"""The same job on Kafka and Elasticsearch: what one machine finds in its files, the servers find as well."""

from pathlib import Path

import pytest

from stemwacht.demo import election_week, write_world
from tests.stemwacht.house import House, Kept, kept_in

pytestmark = [pytest.mark.engines, pytest.mark.slow]


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("week")
    write_world(election_week(5, 2_000, 1_000, 600), folder)
    return folder


def on_servers(kafka: str, elasticsearch: str, prefix: str) -> dict[str, str]:
    """The settings that lead to these servers, under names of the test's own."""
    return {
        "STEMWACHT_LOG__NAME": "kafka",
        "STEMWACHT_KAFKA__BOOTSTRAP_SERVERS": kafka,
        "STEMWACHT_KAFKA__PREFIX": prefix,
        "STEMWACHT_KAFKA__PARTITIONS": "3",
        "STEMWACHT_STORE__NAME": "elasticsearch",
        "STEMWACHT_ELASTICSEARCH__HOSTS": elasticsearch,
        "STEMWACHT_ELASTICSEARCH__PREFIX": prefix.rstrip("-"),
    }


def watched(house: House, week: Path) -> Kept:
    """What the house holds after it was told all of the week, in two parts and one part twice."""
    for file in ("posts.jsonl", "letters.csv", "posts.jsonl"):
        house.well("ingest", week / file)
        house.well("watch", "--once")
    return kept_in(house)


def test_an_election_week_gives_the_same_families_and_alerts(
    week: Path, tmp_path: Path, kafka: str, elasticsearch: str, prefix: str
) -> None:
    key = {"STEMWACHT_PATHS__KEY_FILE": str(tmp_path / "pseudonym.key")}
    houses = []
    for name, told in (("embedded", {}), ("servers", on_servers(kafka, elasticsearch, prefix))):
        (tmp_path / name).mkdir()
        houses.append(House(tmp_path / name, **key, **told))
    embedded, servers = houses
    servers.well("setup")
    expected, found = (watched(house, week) for house in houses)
    assert found.messages == expected.messages
    assert found.families == expected.families
    assert found.current == expected.current
    assert len(expected.current) > 3
    assert servers.well("status", "--json").json["waiting"] == 0
    for name in ("feed.atom", "feed.json"):
        assert (servers.folder / "out" / name).exists() == (embedded.folder / "out" / name).exists()
    assert not (servers.folder / "data" / "store.sqlite").exists()
