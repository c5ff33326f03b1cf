"""Recognise physiotherapy exercises, count repetitions, time holds and assess form."""

__version__ = "0.1.0"
