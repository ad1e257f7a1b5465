"""Working files for people and programs: each is a module with one function, `write`, and replaced in one step."""

from alerts.export import alerts_json, families_csv, letters_json, run_json, sharing_csv
from alerts.export.replacing import replacing
from alerts.export.run_json import Input, Run, Stage

__all__ = [
    "Input",
    "Run",
    "Stage",
    "alerts_json",
    "families_csv",
    "letters_json",
    "replacing",
    "run_json",
    "sharing_csv",
]
