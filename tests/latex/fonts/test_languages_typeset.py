"""Publications whose main language is written in Han characters, kana or hangul, or has no marks in csquotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.pdf.reading.text import page_texts
from tests.support.publications import build, small

pytestmark = [pytest.mark.tex, pytest.mark.release]

BIB = "@movie{fei, director = {Fei, Mu}, title = {Spring in a Small Town}, date = {1948}}\n"
SIGHT = "@online{poll, author = {{Institute}}, title = {Greatest Films}, date = {2022}, url = {https://example.org}}\n"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("参考文献", "2026年11月25日", "图", "第", "节")),
        ("zh-Hant", ("參考文獻", "2026年11月25日", "圖")),
        ("ja", ("参考文献", "2026年11月25日", "図")),
        ("ko", ("그림", "제", "절")),
        ("ca", ("25 ",)),
    ],
)
def test_the_programs_own_words_are_printed_in_the_publications_script(
    tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    facts = (
        f"title: Small\nauthors: [{{family: Small, given: Ann}}]\nlanguage: {language}\ndate: 2026-11-25\n"
    )
    root = small(
        tmp_path,
        **{
            "content/publication.yaml": f"{facts}citation-style: authoryear\n",
            "content/01-one.md": "---\ntitle: One\n---\n\n![](figures/a.png){#fig:a}\n\n@fig:a, @sec:one [@fei; @poll].\n",
            "figures/figures.yaml": "a.png: {permission: pending, size: 40x30mm, alt: A square, credit: Ann}\n",
            "bib/references.bib": BIB + SIGHT,
        },
    )
    result = build(root)
    without_words = {"untranslated-words"} if language == "ca" else set()
    assert {found.code.value for found in result.diagnostics} == {"permission-pending"} | without_words
    text = "".join(page_texts((root / str(result.output)).read_bytes()))
    assert not [word for word in words if word not in text]
