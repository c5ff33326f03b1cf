"""The entries of a bundle: each has an address of its own, by which the others refer to it."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

from formcheck.exchange.fhir.vocabulary import Resource

_NAMESPACE = uuid.UUID("b2a3f9f6-6f1e-5d0c-9c3e-6c1f0a3f5d11")
_FORBIDDEN_SPACE = re.compile(r"[^ \r\n\t\S]")  # as FHIR defines the type string


class Entries:
    """Collects resources; the same one of the same person always gets the same address.

    Parameters
    ----------
    owner
        Tells this person of this store from everybody else's.
    """

    def __init__(self, owner: str) -> None:
        self._namespace = uuid.uuid5(_NAMESPACE, owner)
        self._resources: dict[str, Resource] = {}

    def address(self, kind: str, key: str) -> str:
        """Return the address of a resource, whether it is there or not."""
        return uuid.uuid5(self._namespace, f"{kind}|{key}").urn

    def add(self, key: str, resource: Resource) -> Resource:
        """Add a resource unless it is there; return a reference to it."""
        address = self.address(resource["resourceType"], key)
        identified = {
            "resourceType": resource["resourceType"],
            "id": address.removeprefix("urn:uuid:"),
            **resource,
        }
        self._resources.setdefault(address, _without_empty(identified))
        return {"reference": address}

    def bundled(self) -> list[Resource]:
        """Return them as a bundle has them.

        Raises
        ------
        ValueError
            If one refers to what is not there.
        """
        dangling = set(_references(list(self._resources.values()))) - set(self._resources)
        if dangling:
            raise ValueError(f"nothing in the bundle has the addresses {sorted(dangling)}")
        return [{"fullUrl": url, "resource": one} for url, one in self._resources.items()]


def _references(value: Any) -> Iterator[str]:
    match value:
        case {"reference": str(address)}:
            yield address
        case dict():
            for part in value.values():
                yield from _references(part)
        case list():
            for part in value:
                yield from _references(part)


def _without_empty(value: Any) -> Any:
    """Return a value without what is None or empty, which FHIR does not allow."""
    match value:
        case dict():
            kept = {key: _without_empty(part) for key, part in value.items()}
            return {key: part for key, part in kept.items() if part not in (None, "", [], {})}
        case list():
            return [part for part in map(_without_empty, value) if part not in (None, "", [], {})]
        case str():
            return _plainly_spaced(value)
    return value


def _plainly_spaced(text: str) -> str:
    """Return a text with spaces for the white space that FHIR's strings may not have.

    Form feeds and spaces that do not break come in with words that were copied from elsewhere.
    """
    return _FORBIDDEN_SPACE.sub(" ", text)
