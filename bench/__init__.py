"""Measurements on labelled sets: what is found, what is falsely found, how fast. They print; nothing asserts a time."""
