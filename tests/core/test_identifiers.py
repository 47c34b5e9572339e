"""Identifiers: check digits catch every mistyped digit, canonical forms come back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fascicle.core import identifiers

GOOD = [
    (identifiers.orcid, "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
    (identifiers.orcid, "0000-0002-1694-233X", "0000-0002-1694-233X"),
    (identifiers.doi, "https://doi.org/10.1080/17508061.2014.949156", "10.1080/17508061.2014.949156"),
    (identifiers.doi, "doi:10.1007/s12140-012-9175-2", "10.1007/s12140-012-9175-2"),
    (identifiers.issn, "0378-5955", "0378-5955"),
    (identifiers.issn, "2434-561X", "2434-561X"),
    (identifiers.ror, "02mhbdp94", "https://ror.org/02mhbdp94"),
    (identifiers.language, "zh-Hant-TW", "zh-Hant-TW"),
    (identifiers.language, "EN", "en"),
    (identifiers.language, "zh-hant-tw", "zh-Hant-TW"),
    (identifiers.language, "de-x-lt", "de-x-lt"),
    (identifiers.license_expression, "cc-by-4.0", "CC-BY-4.0"),
    (identifiers.iso_date, "2026-11-23", date(2026, 11, 23)),
    (identifiers.slug, "floating-population", "floating-population"),
]
BAD = [
    (identifiers.orcid, "0000-0002-1825-009"),
    (identifiers.orcid, "٠٠٠٠-٠٠٠٢-١٨٢٥-٠٠٩7"),
    (identifiers.doi, "11.1080/x"),
    (identifiers.doi, "10.١٠٨٠/x"),
    (identifiers.issn, "0378-5954"),
    (identifiers.issn, "٠٣٧٨-٥٩٥5"),
    (identifiers.ror, "https://ror.org/12mhbdp94"),
    (identifiers.language, "en_GB"),
    (identifiers.language, "english"),
    (identifiers.license_expression, "CC-BY"),
    (identifiers.iso_date, "23.11.2026"),
    (identifiers.slug, "Floating Population"),
    (identifiers.slug, "../up"),
]


@pytest.mark.parametrize(("check", "given_value", "expected"), GOOD)
def test_good(check, given_value, expected) -> None:
    assert check(given_value) == expected


@pytest.mark.parametrize(("check", "given_value"), BAD)
def test_bad(check, given_value) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        check(given_value)


@given(st.integers(0, 15), st.integers(1, 9))
def test_every_single_mistyped_orcid_digit_is_found(place: int, change: int) -> None:
    digits = list("0000000218250097")
    digits[place] = str((int(digits[place]) + change) % 10)
    joined = "".join(digits)
    with pytest.raises(ValueError, match="check digit"):
        identifiers.orcid("-".join(joined[i : i + 4] for i in range(0, 16, 4)))


@pytest.mark.parametrize(
    ("expression", "address"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-NC-ND-4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("MIT", "https://spdx.org/licenses/MIT.html"),
    ],
)
def test_license_url(expression: str, address: str) -> None:
    assert identifiers.license_url(expression) == address
