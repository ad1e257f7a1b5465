"""Analyse what waits on the log batch by batch, then what accounts do; after each step the feeds are current.

It runs when a message comes in (where the log is on Kafka) and **every 15 minutes in any case**. `analyse` stays as
long as messages come, ten minutes at most. The whole window is compared when `watch.reconcile_minutes` have passed
since the last time; when that was stands in the store.

If it fails, messages wait on the log and alerts come later. `stemwacht status` says how many wait.
"""

import os
from datetime import UTC, datetime, timedelta

from airflow.sdk import (
    DAG,
    Asset,
    AssetOrTimeSchedule,
    AssetWatcher,
    CronTriggerTimetable,
    ExceptionRetryPolicy,
    RetryAction,
    RetryRule,
    chain,
    task,
)

from stemwacht.schedule import ConfigurationError, topic
from stemwacht.task_defaults import ANALYSIS, page, task_defaults

RETRIES = ExceptionRetryPolicy([RetryRule(ConfigurationError, RetryAction.FAIL)])
IN_ANY_CASE = CronTriggerTimetable("*/15 * * * *", timezone="UTC")
MESSAGES = topic(os.environ)


def on_messages(topic: str) -> AssetOrTimeSchedule:
    from airflow.providers.common.messaging.triggers.msg_queue import MessageQueueTrigger

    comes_in = MessageQueueTrigger(
        scheme="kafka",
        topics=[topic],
        apply_function="stemwacht.schedule.heard",
        kafka_config_id="kafka_default",
        poll_interval=1,
        commit_offset=False,  # it begins at the end of the topic: what came before is found on the log anyway
    )
    watched = Asset("stemwacht_messages", watchers=[AssetWatcher(name="stemwacht_messages", trigger=comes_in)])
    return AssetOrTimeSchedule(timetable=IN_ANY_CASE, assets=watched)


with DAG(
    "analyse",
    schedule=on_messages(MESSAGES) if MESSAGES else IN_ANY_CASE,
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    default_args=task_defaults(os.environ, ANALYSIS, minutes=60) | {"retry_policy": RETRIES},
    description="messages become findings and alerts",
    doc_md=page(__doc__, when=f"a message on {MESSAGES}, and every 15 minutes" if MESSAGES else "every 15 minutes"),
    tags=["stemwacht", "analysis"],
):

    @task
    def analyse() -> dict[str, int]:
        from stemwacht import tasks

        return tasks.analyse()

    @task
    def look_at_accounts() -> dict[str, int]:
        from stemwacht import tasks

        return tasks.look_at_accounts()

    @task(execution_timeout=timedelta(hours=6))
    def reconcile() -> dict[str, int]:
        from stemwacht import tasks

        return tasks.reconcile_if_due()

    chain(analyse(), [look_at_accounts(), reconcile()])
