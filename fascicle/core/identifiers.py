"""Identifiers that can be checked without asking anybody.

ORCID, DOI, ISSN, ROR, language tags, licences, dates.
"""

from __future__ import annotations

import re
from datetime import date

from fascicle.core.text.yaml_lines import day_meant

# Not \d, which is any digit of Unicode.
ORCID_SHAPE = re.compile(r"(?:https?://orcid\.org/)?([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])")
DOI_SHAPE = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.[0-9]{4,9}/[^\s\\{}\"\x00-\x1f\x7f-\x9f]+)", re.IGNORECASE
)
ISSN_SHAPE = re.compile(r"([0-9]{4})-([0-9]{3}[0-9X])")
ROR_SHAPE = re.compile(r"(?:https?://ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})")
SLUG_SHAPE = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_USUAL = (
    "ar de de-AT de-CH en en-AU en-CA en-GB en-US es fr fr-CA he hu it ja ko la nl pl pt pt-BR ru sv tr uk zh"
)
_USUAL_LANGUAGES = frozenset([*_USUAL.split(), "zh-CN", "zh-HK", "zh-Hans", "zh-Hant", "zh-TW"])
"""Tags that need not be looked up: the register costs more to load than a short text to check."""


def orcid(value: str) -> str:
    """The bare ORCID, its check digit verified (ISO 7064 MOD 11-2); ValueError says what is wrong."""
    if not (match := ORCID_SHAPE.fullmatch(value)):
        raise ValueError("an ORCID has four groups of four digits, such as 0000-0002-1825-0097")
    total = 0
    for digit in match[1].replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if match[1][-1] != "0123456789X"[check]:
        raise ValueError("the ORCID's check digit does not fit: one of its digits is mistyped")
    return match[1]


def doi(value: str) -> str:
    """The bare DOI without `https://doi.org/`; ValueError says what is wrong."""
    if not (match := DOI_SHAPE.fullmatch(value)):
        raise ValueError(
            "a DOI begins with '10.', a number and a slash, such as 10.1080/17508061.2014.949156"
        )
    return match[1]


def issn(value: str) -> str:
    """The ISSN, its check digit verified (ISO 3297, weights 8 to 2, modulo 11)."""
    if not (match := ISSN_SHAPE.fullmatch(value)):
        raise ValueError("an ISSN has two groups of four digits, such as 0378-5955")
    digits = match[1] + match[2]
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), digits, strict=False))
    if digits[-1] != "0123456789X"[-total % 11]:
        raise ValueError("the ISSN's check digit does not fit: one of its digits is mistyped")
    return value


def isbn(value: str) -> str:
    """The ISBN of 13 digits as it was typed, its check digit verified (ISO 2108, weights 1 and 3, modulo 10)."""
    digits = re.sub(r"[\s-]", "", value)
    if not re.fullmatch(r"97[89][0-9]{10}", digits):
        raise ValueError("an ISBN has 13 digits and begins with 978 or 979, such as 978-3-16-148410-0")
    if sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10:
        raise ValueError("the ISBN's check digit does not fit: one of its digits is mistyped")
    return value


def ror(value: str) -> str:
    """The ROR id as an address, its check digits verified (ISO 7064 MOD 97-10 over Crockford base 32)."""
    if not (match := ROR_SHAPE.fullmatch(value)):
        raise ValueError("a ROR id looks like https://ror.org/02mhbdp94")
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    number = 0
    for character in match[1][:-2]:
        number = number * 32 + alphabet.index(character)
    if 98 - (number * 100) % 97 != int(match[1][-2:]):
        raise ValueError("the ROR id's check digits do not fit: one of its characters is mistyped")
    return f"https://ror.org/{match[1]}"


def language(value: str) -> str:
    """The language tag in its usual capitals, valid by BCP 47, which knows none, and made of registered subtags."""
    value = _usual_capitals(value)
    if value in _USUAL_LANGUAGES:
        return value
    from langcodes import tag_is_valid

    if "_" in value or not tag_is_valid(value):
        near = _tag_of(value)
        meant = f"; did you mean '{near}'?" if near else ""
        raise ValueError(
            f"a language is written as a short tag (BCP 47), such as en-GB, fr or zh-Hans{meant}"
        )
    return value


def _usual_capitals(tag: str) -> str:
    """`EN-gb` as `en-GB` and `zh-hant` as `zh-Hant` (RFC 5646, section 2.1.1)."""
    first, *rest = tag.split("-")
    found = [first.lower()]
    for part in rest:
        if len(found[-1]) == 1 or not part.isalpha() or len(part) not in (2, 4):
            found.append(part.lower())
        else:
            found.append(part.upper() if len(part) == 2 else part.title())
    return "-".join(found)


def _tag_of(name: str) -> str:
    """The tag of a language that somebody has named in English or in itself; empty when it is none."""
    from babel import Locale

    wanted = name.strip().casefold()
    english = Locale("en").languages
    for tag, called in english.items():
        if called.casefold() == wanted:
            return str(tag).replace("_", "-")
    for tag in (
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "pl",
        "cs",
        "ru",
        "zh",
        "ja",
        "ko",
        "da",
        "sv",
        "nb",
        "ar",
        "tr",
    ):
        if (Locale(tag).display_name or "").casefold() == wanted:
            return tag
    return ""


def license_expression(value: str) -> str:
    """The SPDX licence expression in its canonical spelling."""
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        return str(canonicalize_license_expression(value))
    except InvalidLicenseExpression:
        near = _near_licence(value)
        meant = f"; did you mean '{near}'?" if near else ""
        raise ValueError(
            f"a licence is written as in SPDX's list, such as CC-BY-4.0, CC-BY-NC-ND-4.0 or MIT{meant}"
        ) from None


def _near_licence(value: str) -> str:
    """The licence that `CC BY 4.0`, `cc-by` or a Creative Commons address mean; empty when it is none."""
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    text = re.sub(
        r"^https?://creativecommons\.org/(?:licenses|publicdomain)/", "CC-", value.strip().rstrip("/")
    )
    text = re.sub(r"(?i)^creative commons", "CC", text).replace("CC-zero", "CC0")
    spelled = re.sub(r"[\s_/]+", "-", text)
    for guess in (spelled, f"{spelled}-4.0", f"{spelled}-1.0"):
        try:
            return str(canonicalize_license_expression(guess))
        except InvalidLicenseExpression:
            continue
    return ""


def license_url(expression: str) -> str:
    """The address of the licence's text: the deed for Creative Commons, else SPDX's page."""
    if match := re.fullmatch(r"CC-(BY(?:-NC)?(?:-ND|-SA)?)-([\d.]+)", expression):
        return f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"
    if expression == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    return f"https://spdx.org/licenses/{expression}.html"


def license_name(expression: str) -> str:
    """The licence's name as a colophon prints it: CC-BY-4.0 gives `CC BY 4.0`."""
    if match := re.fullmatch(r"CC-(BY(?:-NC)?(?:-ND|-SA)?)-([\d.]+)", expression):
        return f"Creative Commons {match[1]} {match[2]}"
    return "CC0 1.0, public domain" if expression == "CC0-1.0" else expression


def slug(value: str) -> str:
    """A file name's stem: small letters, digits, and single `-`, `_` or `.` between them."""
    if not SLUG_SHAPE.fullmatch(value):
        raise ValueError("a slug has small letters, digits and hyphens alone, such as floating-population")
    return value


def iso_date(value: str) -> date:
    """The date of a text such as 2026-11-23."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError("the calendar has no such day") from None
        meant = day_meant(value)
        such = f"; write {meant}" if meant else ", such as 2026-11-23"
        raise ValueError(f"a date is written year-month-day{such}") from None
