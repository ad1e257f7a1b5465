"""What a scheduler sees of the DAGs: `python one_parse.py ANSWER`, in a process of its own."""

import json
import sys
from pathlib import Path

import airflow.sdk
import airflow.serialization.serialized_objects
from airflow.dag_processing.dagbag import BundleDagBag
from airflow.serialization.serialized_objects import DagSerialization

DAGS = Path(__file__).parents[2] / "dags"
SLOW = ("alerts", "analysis", "ingest", "numpy", "polars", "scipy", "spacy", "stemwacht.config", "store", "torch")


def seen(dag: airflow.sdk.DAG) -> dict[str, object]:
    """The properties that a DAG and its tasks have."""
    DagSerialization.deserialize_dag(DagSerialization.serialize_dag(dag))
    return {
        "schedule": str(dag.timetable),
        "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs,
        "paused": dag.is_paused_upon_creation,
        "tags": sorted(dag.tags),
        "page": dag.doc_md,
        "tasks": {
            task.task_id: {
                "owner": task.owner,
                "retries": task.retries,
                "backoff": task.retry_exponential_backoff,
                "timeout": task.execution_timeout.total_seconds(),
                "pool": task.pool,
                "notices": [f"{heard.__module__}.{heard.__qualname__}" for heard in task.on_failure_callback],
                "after": sorted(task.upstream_task_ids),
            }
            for task in dag.tasks
        },
    }


def main(answer: str) -> None:
    bag = BundleDagBag(dag_folder=DAGS, bundle_path=DAGS, bundle_name="dags-folder")
    told = {
        "errors": {Path(file).name: error for file, error in bag.import_errors.items()},
        "dags": {name: seen(dag) for name, dag in bag.dags.items()},
        "seconds": {Path(one.file).name: one.duration.total_seconds() for one in bag.dagbag_stats},
        "slow": sorted(set(SLOW) & set(sys.modules)),
    }
    Path(answer).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
