"""Fuzzing of everything that reads files of strangers: `python -m fuzz` (see docs/formats.md)."""
