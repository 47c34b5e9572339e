"""What docs/bibliography.md shows of each style is what the engine prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.citations.worded import listed, paragraphs, worded

PAGE = (Path(__file__).parents[2] / "docs" / "bibliography.md").read_text("utf-8")
RECORDS = """
@book{jia2009, author = {Jia, Zhangke}, author+an:order = {1=eastern}, author+an:native = {1="贾樟柯"}, date = {2009},
  title = {A Collective Memory of {Chinese} Working Class: 24 {City}}, origtitle = {中国工人访谈录：二十四城记},
  publisher = {Shandong Huabao Press}, location = {Jinan}}
@movie{jia2008, director = {Jia, Zhangke}, director+an:order = {1=eastern}, director+an:native = {1="贾樟柯"}, date = {2008},
  title = {24 {City}}, origtitle = {二十四城记}, transliteration = {Ershisi cheng ji}, runtime = {107}}
"""
TEXT = "[@jia2009, p. 5]\n\n@jia2009 [p. 5]\n\n[-@jia2009, p. 5]\n\n[@jia2008]"
STYLES = ("chicago-author-date", "chicago-notes", "apa", "mla", "authoryear", "numeric")


@pytest.mark.parametrize("style", STYLES)
def test_citations_and_entries(tmp_path: Path, style: str) -> None:
    cited, _ = worded(tmp_path, TEXT, RECORDS, style, "en-GB")
    assert cited is not None
    rows = [cells.split(" | ") for cells in re.findall(rf"^\| {style} \| (.+) \|$", PAGE, re.M)]
    (row,) = [cells for cells in rows if len(cells) == 4]
    if style != "chicago-notes":
        assert row[:3] == paragraphs(cited)[:3]
    assert row[3] == cited.document.works.heading
    entries = [re.sub(r"^(\[\d\])", r"\1 ", entry.replace("*", "")) for entry in listed(cited)]
    assert sorted(re.findall(rf"^    {style} +(\S.*)$", PAGE, re.M)) == sorted(entries)


@pytest.mark.parametrize("style", STYLES)
def test_records_to_copy(tmp_path: Path, style: str) -> None:
    """Nothing is told of them, and each is cited."""
    (block,) = re.findall(r"One of each, to copy and fill in:\n\n```bibtex\n(.*?)```", PAGE, re.S)
    keys = re.findall(r"^@[a-z]+\{(\w+),", block, re.M)
    cited, problems = worded(tmp_path, "\n\n".join(f"See [@{key}]." for key in keys), block, style)
    assert cited is not None
    assert [found.message for found in problems] == []
    assert len(keys) == 10
    assert all(len(one) > len("See [1].") - 1 for one in paragraphs(cited))
    if style != "chicago-notes":
        assert {work.key for work in cited.works} == set(keys)
