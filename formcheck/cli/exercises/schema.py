"""``formcheck exercises schema``: what an exercise file may say, for editors."""

import json

import typer

from formcheck.exercises.schema import Exercise


def schema() -> None:
    """Print the JSON Schema of exercise files, for editors."""
    typer.echo(json.dumps(Exercise.model_json_schema(), indent=1))
