"""Bibliographies as CSL items: films, names, containers, dates, titles in several scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fascicle.citations.engine.serialise import csl_json, pandoc_reference
from fascicle.citations.items.items import items_of
from fascicle.citations.items.model import Item
from fascicle.core.diagnostics import Collector
from fascicle.project.bibliography.library import read_bibliography
from fascicle.project.sources import Sources

LIBRARY = r"""
@movie{jia, director = {Jia, Zhangke}, director+an:order = {1=eastern}, director+an:native = {1="贾樟柯"},
  title = {24 {City}}, origtitle = {二十四城记}, transliteration = {Ershisi cheng ji}, date = {2008}, runtime = {107},
  company = {Xstream Pictures and China Resources}, country = {China}, format = {DVD}}
@book{han, author = {贾樟柯}, title = {中国工人访谈录}, transliteration = {Zhongguo gongren}, translation = {Interviews}, date = {2009}}
@article{art, author = {van der Berg, Jan and {The Body}}, title = {On \emph{X} \& {NATO}}, journaltitle = {J}, journalsubtitle = {Sub},
  date = {2014-03}, volume = {8}, number = {3}, pages = {188--208}, doi = {https://doi.org/10.1/x}}
@incollection{chap, author = {A, B}, title = {C}, booktitle = {D}, booksubtitle = {E}, editor = {F, G}, date = {2001}, pages = {1-2}, series = {S}, number = {4}}
@phdthesis{thesis, author = {A, B}, title = {T}, school = {Leeds}, year = {in press}}
@online{web, title = {W}, date = {2020}, url = {https://e.org/a\_b}, urldate = {2021-02-03}}
@misc{hidden, author = {{Author}}, date = {2014}, options = {skipbib=true}, ids = {other}}
"""


def items(tmp_path: Path, *keys: str, language: str = "en-GB") -> tuple[Item, ...]:
    (tmp_path / "w.bib").write_text(LIBRARY, encoding="utf-8")
    problems = Collector()
    library = read_bibliography(Sources(tmp_path), [("w.bib", None)], problems)
    assert not problems.failed
    return items_of(library, keys, language)


def as_json(tmp_path: Path, key: str) -> dict[str, Any]:
    (found,) = csl_json(items(tmp_path, key), "en-GB")
    return found


def test_a_film(tmp_path: Path) -> None:
    assert as_json(tmp_path, "jia") == {
        "id": "jia",
        "type": "motion_picture",
        "title": '24 <span class="nocase">City</span> <span class="nocase">[<i>Ershisi cheng ji</i> 二十四城记]</span>',
        "original-title": "二十四城记",
        "director": [{"family": "Jia", "given": "Zhangke", "static-ordering": True}],
        "publisher": "Xstream Pictures, China Resources",
        "publisher-place": "China",
        "medium": "DVD",
        "dimensions": "107 min",
        "issued": {"date-parts": [[2008]]},
    }


def test_a_book_whose_title_is_in_another_script(tmp_path: Path) -> None:
    found = as_json(tmp_path, "han")
    assert (
        found["title"]
        == '<span class="nocase">Zhongguo gongren</span> <span class="nocase">中国工人访谈录 [Interviews]</span>'
    )
    assert found["author"] == [{"literal": "贾樟柯"}]


def test_an_article(tmp_path: Path) -> None:
    found = as_json(tmp_path, "art")
    assert found["title"] == 'On <i>X</i> &amp; <span class="nocase">NATO</span>'
    assert found["author"] == [
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
        {"literal": "The Body"},
    ]
    assert (found["container-title"], found["volume"], found["issue"], found["page"]) == (
        "J: Sub",
        "8",
        "3",
        "188-208",
    )
    assert found["DOI"] == "10.1/x"
    assert found["issued"] == {"date-parts": [[2014, 3]]}


def test_a_chapter(tmp_path: Path) -> None:
    found = as_json(tmp_path, "chap")
    assert found["type"] == "chapter"
    assert (found["container-title"], found["collection-title"], found["collection-number"]) == (
        "D: E",
        "S",
        "4",
    )
    assert found["editor"] == [{"family": "F", "given": "G"}]


def test_a_thesis_in_press_and_a_page_of_the_web(tmp_path: Path) -> None:
    thesis, web = as_json(tmp_path, "thesis"), as_json(tmp_path, "web")
    assert (thesis["genre"], thesis["publisher"], thesis["status"]) == (
        "PhD dissertation",
        "Leeds",
        "in press",
    )
    assert (web["URL"], web["accessed"]) == ("https://e.org/a_b", {"date-parts": [[2021, 2, 3]]})


def test_works_withheld_are_not_listed_and_other_keys_are_known(tmp_path: Path) -> None:
    (item,) = items(tmp_path, "other", "hidden")
    assert (item.key, item.listed) == ("hidden", False)


def test_metadata_for_pandoc_keeps_what_the_list_prints_once(tmp_path: Path) -> None:
    (item,) = items(tmp_path, "jia")
    reference = pandoc_reference(item, "en-GB")
    assert "original-title" not in reference
    assert reference["issued"] == "2008"


def test_a_reader_of_the_script_needs_no_transliteration(tmp_path: Path) -> None:
    (item,) = items(tmp_path, "han", language="zh")
    (found,) = csl_json([item], "zh")
    assert found["title"].startswith('<span class="nocase">中国工人访谈录</span>')
