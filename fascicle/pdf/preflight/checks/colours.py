"""Checks of colours: those that the standard allows, black text in black ink, nothing that vanishes, not too much ink."""

from __future__ import annotations

from collections.abc import Iterator

from pypdf.generic import StreamObject

from fascicle.core.diagnostic_codes import Code
from fascicle.pdf.objects import array, dictionary, name, number
from fascicle.pdf.preflight import ink_coverage
from fascicle.pdf.preflight.check import Broken, Check, CheckContext
from fascicle.pdf.preflight.checks.pages import intents
from fascicle.pdf.preflight.external_tools import need
from fascicle.pdf.reading.colour_spaces import WORDS
from fascicle.pdf.standards.output_intent import CHANNELS, OUTPUT_CLASSES

DEVICE_OF = {1: "gray", 3: "rgb", 4: "cmyk"}
"""The device's colours by the channels of the output intent's profile."""


def colours_allowed(proof: CheckContext) -> Iterator[Broken]:
    """No page paints in colours that the standard forbids or the output intent does not describe."""
    allowed = proof.promises.colours or _allowed(proof)
    for number_, page in enumerate(proof.file.painted, start=1):
        reported: set[str] = set()
        for space, what in page.spaces.items():
            if space.family not in allowed and space.family not in reported:
                reported.add(space.family)
                yield Broken(f"{what} on page {number_} is in {WORDS[space.family]}, {_why(proof)}", number_)


def _allowed(proof: CheckContext) -> frozenset[str]:
    """The families of colours that the standard leaves, by output intent (ISO 19005-2, 6.2.4.3; ISO 15930, 6.2)."""
    device = DEVICE_OF.get(_channels(proof), "")
    found = {"gray", "spot", "pattern", device}
    if not (_level(proof) and "X-1" in _level(proof)):
        found |= {"icc", "lab"}
    return frozenset(found)


def _why(proof: CheckContext) -> str:
    level = _level(proof)
    return f"which {level} does not allow" if "X-1" in level else "which the output intent does not describe"


def _level(proof: CheckContext) -> str:
    """The PDF/X standard by name; empty when it is another or none."""
    if proof.output_options:
        return proof.output_options.standard.title if "GTS_PDFX" in intents(proof) else ""
    return proof.file.info.get("GTS_PDFXVersion", "") or str(proof.file.xmp.get("pdfxid:GTS_PDFXVersion", ""))


def _profile(proof: CheckContext) -> StreamObject | None:
    for intent in array(proof.file.root, "/OutputIntents"):
        profile = dictionary(intent, "/DestOutputProfile")
        if isinstance(profile, StreamObject):
            return profile
    return None


def _channels(proof: CheckContext) -> int:
    profile = _profile(proof)
    return number(profile, "/N") if profile is not None else 0


def no_standard(proof: CheckContext) -> str:
    """A plain file may use any colours."""
    return "" if proof.promises.colours or intents(proof) else "any colours are allowed"


def profile_sound(proof: CheckContext) -> Iterator[str]:
    """The output intent's profile is a whole ICC profile of an output, of as many channels as it says."""
    for intent in array(proof.file.root, "/OutputIntents"):
        profile = dictionary(intent, "/DestOutputProfile")
        if isinstance(profile, StreamObject):
            yield from _faults(profile.get_data(), number(profile, "/N"), name(intent, "/S"))
        if not name(intent, "/OutputConditionIdentifier"):
            yield "the output intent does not name its printing condition"


def _faults(data: bytes, channels: int, kind: str) -> Iterator[str]:
    if len(data) < 128 or data[36:40] != b"acsp":
        yield "the output intent's profile is no ICC profile"
        return
    if int.from_bytes(data[:4], "big") > len(data):
        yield "the output intent's profile is cut off"
    if data[12:16] not in OUTPUT_CLASSES:
        yield "the output intent's profile describes neither a screen nor a printer"
    if kind == "/GTS_PDFX" and data[12:16] != b"prtr":
        yield "the output intent's profile does not describe a printer"
    if CHANNELS.get(data[16:20]) != channels:
        yield f"the output intent's profile has not the {channels} channels that are stated"
    if data[8] > 4:
        yield f"the output intent's profile is of ICC version {data[8]}, which nobody reads"


def no_intent(proof: CheckContext) -> str:
    """A plain file has no output intent."""
    return "" if array(proof.file.root, "/OutputIntents") else "the file has no output intent"


def for_screen(proof: CheckContext) -> str:
    """Inks matter on a press alone."""
    return "" if "GTS_PDFX" in intents(proof) else "the file is not for a press"


def black_text(proof: CheckContext) -> Iterator[Broken]:
    """Text meant to be black takes black ink alone, so that no plate can miss the others."""
    for number_, page in enumerate(proof.file.painted, start=1):
        for colour in sorted(page.text, key=lambda colour: colour.values):
            if colour.black and not colour.black_ink_alone:
                values = " ".join(f"{value:g}" for value in colour.values)
                yield Broken(
                    f"black text on page {number_} is {values} in {WORDS[colour.space.family]}, not black ink alone",
                    number_,
                )


def white_knocks_out(proof: CheckContext) -> Iterator[Broken]:
    """Nothing white prints over what lies below: no ink covers nothing."""
    for number_, page in enumerate(proof.file.painted, start=1):
        if any(colour.white for colour in page.overprinted):
            yield Broken(f"something white on page {number_} is set to print over what lies below", number_)


def opaque(proof: CheckContext) -> Iterator[Broken]:
    """Nothing is transparent."""
    for number_, page in enumerate(proof.file.painted, start=1):
        for what in sorted(page.transparency):
            yield Broken(f"page {number_} has {what}", number_)


def may_be_transparent(proof: CheckContext) -> str:
    """PDF/X-4, PDF/A-2 and plain files may hold transparency."""
    level = _level(proof)
    return "" if "X-1" in level or "X-3" in level else "transparency is allowed"


def ink_within_limit(proof: CheckContext) -> Iterator[Broken]:
    """No point of any page takes more ink than the paper does."""
    limit = proof.promises.max_ink
    if not proof.tool_runner or limit is None:
        return
    for number_, amount in enumerate(ink_coverage.most(proof.file.data, proof.tool_runner), start=1):
        if amount > limit + 0.5:
            yield Broken(
                f"page {number_} takes {amount:.0f} % of ink at its darkest point, and {limit:g} % is the limit",
                number_,
            )


def no_ink_limit(proof: CheckContext) -> str:
    """A limit and Ghostscript are needed."""
    if not proof.promises.max_ink:
        return "no limit is promised"
    return need("gs")


CHECKS = (
    Check("colours", "Colours are those of the output intent", Code.WRONG_COLOUR_SPACE, colours_allowed,
          left_out=no_standard, press="colour spaces of text, areas, pictures, patterns and shadings"),
    Check("profile", "The output intent's profile is sound", Code.BAD_COLOUR_PROFILE, profile_sound,
          left_out=no_intent, press="output intent and its profile"),
    Check("black-text", "Black text is printed with black ink alone", Code.RICH_BLACK, black_text, left_out=for_screen),
    Check("overprint", "Nothing white prints over other inks", Code.WHITE_OVERPRINT, white_knocks_out,
          left_out=for_screen),
    Check("transparency", "Nothing is transparent", Code.TRANSPARENCY, opaque, left_out=may_be_transparent,
          press="no transparency (X-1a, X-3)"),
    Check("ink", "No page takes too much ink", Code.TOO_MUCH_INK, ink_within_limit, True, no_ink_limit, slow=True),
)  # fmt: skip
"""In the order of the report."""
