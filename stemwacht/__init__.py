"""Stemwacht: a monitor of information integrity around elections."""

__version__ = "0.1.0"
