"""Published schemas of records, as `make setup-tests` fetches them, and the validators that read them."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(sys.prefix, "record-schemas")
_ELSEWHERE = {
    "http://www.w3.org/2009/01/xml.xsd": "standard-modules/xml.xsd",
    "http://www.w3.org/2001/xml.xsd": "standard-modules/xml.xsd",
    "http://www.w3.org/1999/xlink.xsd": "standard-modules/xlink.xsd",
    "http://www.w3.org/Math/XMLSchema/mathml3/mathml3.xsd": "standard-modules/mathml3/mathml3.xsd",
}


def _file(path: str) -> Path:
    found = FOLDER / path
    if not found.is_file():
        pytest.skip(f"{path} is not here: type 'make setup-tests'")
    return found


@cache
def crossref_schema() -> Any:
    """Crossref's deposit schema 5.5.0, which is XML Schema 1.1; out of commonmeta-py (MIT licence)."""
    schema = _file("commonmeta/resources/crossref/crossref5.5.0.xsd")
    sys.path.append(str(FOLDER))
    try:
        import xmlschema
    finally:
        sys.path.remove(str(FOLDER))

    def here(address: str) -> str:
        return (schema.parent / _ELSEWHERE[address]).as_uri() if address in _ELSEWHERE else address

    return xmlschema.XMLSchema11(str(schema), uri_mapper=here, allow="local", validation="lax")


def crossref_faults(text: str) -> list[str]:
    """What Crossref's schema has against a deposit."""
    return [f"{fault.path}: {fault.reason}" for fault in crossref_schema().iter_errors(text)]


@cache
def datacite_schema() -> Any:
    """DataCite's schema 4.5 in JSON, out of the package datacite (BSD licence)."""
    from jsonschema import Draft7Validator

    return Draft7Validator(
        json.loads(_file("datacite/schemas/datacite-v4.5.json").read_text(encoding="utf-8"))
    )


@cache
def onix_schema() -> Any:
    """ONIX for Books 3.1 with reference names as XML Schema, out of onixcheck (BSD licence)."""
    from lxml import etree

    return etree.XMLSchema(etree.parse(_file("onixcheck/schema/xsd3.1/ONIX_BookProduct_3.1_reference.xsd")))


def marc_records(text: str) -> list[Any]:
    """MARC records as pymarc (BSD licence) reads them, which is strict about tags, indicators and codes."""
    _file("pymarc/marcxml.py")
    sys.path.append(str(FOLDER))
    try:
        from pymarc import parse_xml_to_array
    finally:
        sys.path.remove(str(FOLDER))
    import io

    return list(parse_xml_to_array(io.BytesIO(text.encode()), strict=True))
