"""Tags looked up in a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fascicle.document.locale.tags import beginnings, nearest

KNOWN = {"en", "en-GB", "zh", "zh-Hant", "nb"}
TAGS = st.lists(st.text("abcXYZ09", min_size=1, max_size=4), min_size=1, max_size=4).map("-".join)


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        *(
            ("en", "en"),
            ("en-US", "en"),
            ("en-GB-oxendict", "en-GB"),
            ("en-AU", "en-GB"),
            ("no", "nb"),
            ("nn-NO", "nb"),
        ),
        *(
            ("zh-Hant-TW", "zh-Hant"),
            ("zh-TW", "zh-Hant"),
            ("zh-Hans-HK", "zh"),
            ("yue-Hans", "zh"),
            ("tlh", None),
        ),
    ],
)
def test_the_nearest_tag(tag: str, found: str | None) -> None:
    assert nearest(tag, KNOWN) == found


def test_a_tags_own_key_comes_before_a_synonym() -> None:
    assert nearest("en-AU", {"en", "en-AU", "en-GB"}) == "en-AU"


@given(TAGS)
def test_beginnings_grow_shorter_and_the_last_is_the_language(tag: str) -> None:
    found = list(beginnings(tag))
    assert found[0] == tag
    assert found[-1] == tag.split("-")[0]
    assert all(tag.startswith(f"{beginning}-") for beginning in found[1:])
