"""A person's prescription and what came of it, as a FHIR bundle that a clinic's system reads."""

from formcheck.exchange.fhir.bundle import bundle_of, write_bundle

__all__ = ["bundle_of", "write_bundle"]
