"""Checks of what the file says of itself: Info, XMP, title, language."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.core.diagnostic_codes import Code
from fascicle.pdf.finish import xmp
from fascicle.pdf.finish.finish import info_texts
from fascicle.pdf.objects import date_string, dictionary, entry
from fascicle.pdf.preflight.check import Check, CheckContext


def info_as_asked(proof: CheckContext) -> Iterator[str]:
    """Info says what was asked for, and nothing of the machine."""
    if not proof.output_options:
        return
    if not proof.output_options.standard.informs:
        if proof.file.info:
            yield f"{proof.output_options.standard.title} allows no Info, and the file has one"
        return
    wanted = info_texts(proof.output_options.metadata)
    made = proof.output_options.made
    wanted |= dict.fromkeys(("/CreationDate", "/ModDate"), date_string(made) if made else "")
    for key, value in wanted.items():
        if (found := proof.file.info.get(key.lstrip("/"), "")) != value:
            yield f"{key.lstrip('/')} in Info is '{found}', and '{value}' was asked for"
    for key in proof.file.info:
        if key.startswith("PTEX."):
            yield f"Info holds TeX's own entry {key}"


def xmp_as_asked(proof: CheckContext) -> Iterator[str]:
    """XMP says what was asked for; its identifiers are the file's own."""
    if not proof.output_options:
        return
    found = proof.file.xmp
    if not found:
        yield "the file has no XMP metadata, in which a PDF says what it is"
        return
    identity = xmp.Identity(
        str(found.get("xmpMM:DocumentID", "")),
        str(found.get("xmpMM:InstanceID", "")),
        proof.file.info.get("Creator") or str(found.get("xmp:CreatorTool", "")),
        proof.file.info.get("Producer") or str(found.get("pdf:Producer", "")),
        proof.output_options.made,
    )
    wanted = xmp.read(xmp.packet(proof.output_options.metadata, identity, {}, describe_prism=False))
    for key, value in wanted.items():
        if found.get(key) != value:
            yield f"{key} in XMP (what the file says of itself) is '{found.get(key, '')}', and '{value}' was asked for"


def title_shown(proof: CheckContext) -> Iterator[str]:
    """Viewers are asked to show the title."""
    viewer = dictionary(proof.file.root, "/ViewerPreferences")
    if str(entry(viewer, "/DisplayDocTitle")).casefold() != "true":
        yield "viewers are not asked to show the title"
    if not (proof.file.info.get("Title") or proof.file.xmp.get("dc:title")):
        yield "the file has no title"


def language_set(proof: CheckContext) -> Iterator[str]:
    """The catalogue names the language."""
    if not proof.file.language:
        yield "the file does not say its language"
    elif proof.output_options and proof.file.language != proof.output_options.metadata.language:
        yield f"the file says that its language is {proof.file.language}, not {proof.output_options.metadata.language}"


CHECKS = (
    Check("info", "Info says what publication.yaml says", Code.METADATA_DIFFERS, info_as_asked, True),
    Check("xmp", "XMP says what publication.yaml says", Code.METADATA_DIFFERS, xmp_as_asked, True),
    Check("title", "Viewers show the title", Code.TITLE_NOT_SHOWN, title_shown),
    Check("language", "The language is stated", Code.LANGUAGE_NOT_SET, language_set),
)
"""In the order of the report."""
