"""Remove messages and alerts that are older than `[privacy]` allows, and what was handled of the log. Every night.

If it fails, nothing is removed that should stay, and what should go stays a day longer: see that it runs the day
after, since how long messages are kept is promised to those who wrote them.
"""

import os
from datetime import UTC, datetime

from airflow.sdk import DAG, CronTriggerTimetable, ExceptionRetryPolicy, RetryAction, RetryRule, task

from stemwacht.schedule import ConfigurationError, zone
from stemwacht.task_defaults import ANALYSIS, page, task_defaults

RETRIES = ExceptionRetryPolicy([RetryRule(ConfigurationError, RetryAction.FAIL)])
ZONE = zone(os.environ)

with DAG(
    "retention",
    schedule=CronTriggerTimetable("30 3 * * *", timezone=ZONE),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    default_args=task_defaults(os.environ, ANALYSIS, minutes=120) | {"retry_policy": RETRIES},
    description="what is not kept any longer",
    doc_md=page(__doc__, when=f"every night at 03:30, {ZONE}"),
    tags=["stemwacht", "privacy"],
):

    @task
    def forget() -> dict[str, int]:
        from stemwacht import tasks

        return tasks.retention()

    forget()
