"""``formcheck sbom``: what this formcheck is made of."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.output import console


def sbom(
    out: Annotated[Path, typer.Option(help="The .cdx.json to write.")],
) -> None:
    """Write a software bill of materials (CycloneDX): every library, its version and licence.

    Also the pose model and the native libraries inside of wheels. It needs no network.
    """
    from formcheck.exchange.materials import write_bill  # noqa: PLC0415 - slow to load

    n_components = write_bill(out)
    console.print(
        f"written: {out}, {n_components} components", markup=False, highlight=False, soft_wrap=True
    )
