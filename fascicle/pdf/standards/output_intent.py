"""Output intents: the ICC profile that says what a file's colours mean."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.pdf.objects import text_string

CHANNELS = {b"RGB ": 3, b"CMYK": 4, b"GRAY": 1}
"""Colour channels by the colour space of an ICC header (ICC.1:2010, table 19)."""
OUTPUT_CLASSES = frozenset({b"mntr", b"prtr"})
"""Profile classes that can describe an output: display and printer."""


@dataclass(frozen=True, slots=True)
class Intent:
    """An output condition and its profile."""

    profile: Path
    """The ICC file."""
    identifier: str = "sRGB IEC61966-2.1"
    """Name of the condition, in the ICC's registry when `registry` is given."""
    registry: str = "http://www.color.org"
    """Where the identifier is registered."""
    info: str = ""
    """What the condition is, for people; the identifier when not given."""


def add_intent(writer: PdfWriter, subtype: str, intent: Intent, problems: Collector) -> None:
    """Put the output intent into the catalogue, in place of any that is there."""
    if not (data := _profile(intent.profile, problems)):
        return
    profile = DecodedStreamObject()
    profile.set_data(data)
    profile[NameObject("/N")] = NumberObject(CHANNELS[data[16:20]])
    entry = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/OutputIntent"),
            NameObject("/S"): NameObject(subtype),
            NameObject("/OutputConditionIdentifier"): text_string(intent.identifier),
            NameObject("/RegistryName"): text_string(intent.registry),
            NameObject("/Info"): text_string(intent.info or intent.identifier),
            NameObject("/DestOutputProfile"): writer._add_object(profile),
        }
    )
    writer.root_object[NameObject("/OutputIntents")] = ArrayObject([writer._add_object(entry)])


def _profile(path: Path, problems: Collector) -> bytes:
    """The profile's bytes; nothing, and a diagnostic, when it cannot describe an output."""
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.add(
            Code.BAD_COLOUR_PROFILE, f"the colour profile {path.name} cannot be read: {error.strerror}"
        )
        return b""
    if len(data) < 128 or data[36:40] != b"acsp":
        problems.add(Code.BAD_COLOUR_PROFILE, f"{path.name} is not an ICC colour profile")
    elif data[12:16] not in OUTPUT_CLASSES or data[16:20] not in CHANNELS:
        problems.add(
            Code.BAD_COLOUR_PROFILE, f"the colour profile {path.name} does not describe a screen or a printer"
        )
    else:
        return data
    return b""
