"""The feeds of the alerts that stand now."""

from datetime import UTC, datetime

from alerts import is_current
from stemwacht import alerting
from stemwacht.config import Settings
from stemwacht.publishing import FEEDS, clear_unfinished, write_feeds
from store import Store


def write_current_feeds(store: Store, settings: Settings) -> None:
    """Write feed.atom and feed.json into the out folder."""
    settings.paths.out.mkdir(parents=True, exist_ok=True)
    clear_unfinished(settings.paths.out, FEEDS)
    current = [alert for alert in alerting.standing_alerts(store) if is_current(alert)]
    write_feeds(
        current,
        settings.paths.out,
        title=settings.report.title,
        feed_url=settings.report.feed_url,
        contact=settings.report.contact,
        lang=settings.report.lang,
        rules=alerting.rules(settings),
        updated=datetime.now(UTC),
    )


def feeds_exist(settings: Settings) -> bool:
    """Whether both feeds have been written before."""
    return all((settings.paths.out / name).exists() for name in FEEDS)
