"""Checks of the file as a whole: readable, of the right version, quiet."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.codes import Code
from fascicle.pdf.objects import dictionary
from fascicle.pdf.proof import DAMAGE, Check, Proof


def has_pages(proof: Proof) -> Iterator[str]:
    """Every page can be reached and its content decoded."""
    if not proof.file.reader.pages:
        yield "the file has no pages"
    for index, page in enumerate(proof.file.reader.pages, start=1):
        if (contents := page.get_contents()) is None:
            continue
        try:
            contents.get_data()
        except DAMAGE as error:
            yield f"the content of page {index} cannot be decoded: {error}"


def right_version(proof: Proof) -> Iterator[str]:
    """The header states the standard's version."""
    if proof.wishes and proof.file.version != proof.wishes.standard.version:
        wanted = proof.wishes.standard
        yield f"the header says PDF {proof.file.version}, and {wanted.title} wants {wanted.version}"


def not_encrypted(proof: Proof) -> Iterator[str]:
    """Anybody can read the file, and archive it."""
    if proof.file.reader.is_encrypted:
        yield "the file is encrypted"


def starts_nothing(proof: Proof) -> Iterator[str]:
    """Opening the file does nothing of itself."""
    root = proof.file.root
    for holder, key in ((root, "/OpenAction"), (root, "/AA"), (dictionary(root, "/Names"), "/JavaScript")):
        if key in holder:
            yield f"the file holds {key.lstrip('/')}, which acts by itself"


CHECKS = (
    Check("readable", "The file and each page's content can be read", Code.UNREADABLE_PDF, has_pages),
    Check("version", "The header states the right version", Code.WRONG_PDF_VERSION, right_version, True),
    Check("open", "The file is not encrypted", Code.ENCRYPTED_PDF, not_encrypted),
    Check("quiet", "Nothing acts by itself", Code.ACTS_BY_ITSELF, starts_nothing),
)
"""In the order of the report."""
