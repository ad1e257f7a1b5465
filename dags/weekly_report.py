"""Write the integrity report of the **ISO week before**, every Monday at six in the morning.

The report, its exports and feeds go into a folder of the week, `out/2026-W47`. The week follows from the run, so that
the same run again, or a backfill of past weeks, writes the report of the same week. Trigger it by hand with a `week`
like 2026-W47 for that one.

If it fails, no report is published and none is half written. A week that reaches back beyond the time that messages
are kept (`privacy.retention_days`) is reported from what is left of it: run those in time.
"""

import os
from datetime import UTC, datetime

from airflow.sdk import DAG, CronDataIntervalTimetable, ExceptionRetryPolicy, Param, RetryAction, RetryRule, task

from stemwacht.schedule import ConfigurationError, zone
from stemwacht.task_defaults import ANALYSIS, page, task_defaults

RETRIES = ExceptionRetryPolicy([RetryRule(ConfigurationError, RetryAction.FAIL)])
ZONE = zone(os.environ)

with DAG(
    "weekly_report",
    schedule=CronDataIntervalTimetable("0 6 * * 1", timezone=ZONE),
    start_date=datetime(2020, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    default_args=task_defaults(os.environ, ANALYSIS, minutes=360) | {"retry_policy": RETRIES},
    params={"week": Param(None, type=["null", "string"], pattern=r"^\d{4}-W\d{2}$", description="2026-W47, for one")},
    description="the integrity report of the week before",
    doc_md=page(__doc__, when=f"Mondays 06:00, {ZONE}"),
    tags=["stemwacht", "report"],
):

    @task
    def report(
        params: dict[str, str | None] | None = None, data_interval_start: datetime | None = None
    ) -> dict[str, str | int]:
        from stemwacht import tasks

        return tasks.weekly_report((params or {}).get("week"), data_interval_start)

    report()
