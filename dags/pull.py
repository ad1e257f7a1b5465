"""Fetch what is new from **one source** and put it on the log.

How far the source was read is kept in the store, not here: a run that is missed or cut off is made good by the next.
What could not be read stands as a gap in the coverage of the reports.

If it fails, the service is away, has changed, or refuses the credentials of the source. After that gaps remain only
where the source does not give out its past.
"""

import os
from datetime import UTC, datetime, timedelta

from airflow.sdk import DAG, ExceptionRetryPolicy, RetryAction, RetryRule, task

from stemwacht.schedule import ConfigurationError, Source, sources
from stemwacht.task_defaults import PULL, page, task_defaults

RETRIES = ExceptionRetryPolicy([RetryRule(ConfigurationError, RetryAction.FAIL)])


def pull_dag(source: Source) -> DAG:
    with DAG(
        f"pull_{source.name}",
        schedule=timedelta(minutes=source.every_minutes),
        start_date=datetime(2026, 1, 1, tzinfo=UTC),
        catchup=False,
        max_active_runs=1,
        is_paused_upon_creation=False,
        default_args=task_defaults(os.environ, PULL, minutes=60) | {"retry_policy": RETRIES},
        description=f"fetch what is new from {source.name}",
        doc_md=page(__doc__, source=source.name, kind=source.kind, every=f"{source.every_minutes:g} minutes"),
        tags=["stemwacht", "source"],
    ) as dag:

        @task
        def pull() -> dict[str, int]:
            from stemwacht import tasks

            if source.fault is not None:
                raise ConfigurationError(source.fault)
            return tasks.pull(source.name)

        pull()
    return dag


for one in sources(os.environ):
    globals()[f"pull_{one.name}"] = pull_dag(one)
