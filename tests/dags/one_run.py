"""Runs of DAGs without a scheduler: `python one_run.py ANSWER RUNS`, in a process of its own.

Airflow takes over logging and the environment of the process that it is in; so it is never in that of the tests.
"""

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from airflow.dag_processing.dagbag import BundleDagBag
from airflow.models.xcom import XComModel
from airflow.utils.session import create_session

DAGS = Path(__file__).parents[2] / "dags"


def one_run(
    bag: BundleDagBag, dag: str, logical_date: str | None, conf: dict[str, Any] | None, config: str
) -> dict[str, Any]:
    """State of the run and of its tasks, and what they handed on."""
    file = Path(os.environ["STEMWACHT_CONFIG"])
    before = file.read_text(encoding="utf-8")
    file.write_text(before + config, encoding="utf-8")
    when = {} if logical_date is None else {"logical_date": datetime.fromisoformat(logical_date)}
    run = bag.dags[dag].test(run_conf=conf, **when)
    with create_session() as session:
        found = session.query(XComModel).filter_by(run_id=run.run_id, dag_id=dag, key="return_value")
        told = {row.task_id: XComModel.deserialize_value(row) for row in found}
    file.write_text(before, encoding="utf-8")
    tasks = {task.task_id: str(task.state) for task in run.get_task_instances()}
    return {"state": str(run.state), "tasks": tasks, "told": told}


def main(answer: str, runs: str) -> None:
    bag = BundleDagBag(dag_folder=DAGS, bundle_path=DAGS, bundle_name="dags-folder")
    Path(answer).write_text(json.dumps([one_run(bag, **run) for run in json.loads(runs)]), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
