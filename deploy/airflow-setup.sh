#!/bin/sh
# Airflow's tables, its administrator and its pools. Run again, it brings them up to date: the password is that of .env.
set -eu
airflow db migrate
for command in create reset-password; do
    # The password goes past the command line: among the arguments of a command anyone on the machine could read it.
    python - "$command" <<'END'
import os, runpy, sys

about = ["--role", "Admin", "--firstname", "The", "--lastname", "administrator", "--email", "admin@localhost"]
chosen = about if sys.argv[1] == "create" else []
known = ["--username", "admin", "--password", os.environ["AIRFLOW_ADMIN_PASSWORD"]]
sys.argv = ["airflow", "users", sys.argv[1], *known, *chosen]
runpy.run_module("airflow", run_name="__main__")
END
done
airflow pools import "$AIRFLOW__CORE__DAGS_FOLDER/pools.json"
