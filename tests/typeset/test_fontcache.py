"""The font cache counts as warm for every document that loads the same fonts, whatever else it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.typeset.fontcache import FontCache

TEX = r"""\documentclass[11pt]{article}
\usepackage{graphicx}
\DeclareFontShape{TU}{text}{m}{n}{<->"[Some-Regular.otf]:mode=node;+onum;"}{}
\setmonofont{Some Mono}[Scale=0.8]
\title{One}
\begin{document}
Text in Another.otf.
\end{document}
"""


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache that `TEX` has filled."""
    fonts = FontCache(tmp_path, TEX)
    fonts.prepare()
    assert not fonts.warm
    with fonts.filling():
        pass
    assert fonts.warm
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"\title{One}", r"\title{Two}"),
        ("Text in Another.otf.", "Another text."),
        (r"\title{One}", "\\title{One}\n\\hypersetup{pdftitle={One}}"),
    ],
)
def test_other_words_are_set_in_the_same_fonts(cache: Path, old: str, new: str) -> None:
    assert old in TEX
    assert FontCache(cache, TEX.replace(old, new)).warm


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Some-Regular.otf", "Some-Book.otf"),
        ("Some-Regular.otf", "Some-Regular.TTF"),
        ("Some Mono", "Other Mono"),
        ("{graphicx}", "{graphicx,libertinus}"),
        ("{article}", "{memoir}"),
        (r"\title{One}", "\\title{One}\\newfontfamily\\other{Other}"),
    ],
)
def test_other_fonts_may_not_be_there_yet(cache: Path, old: str, new: str) -> None:
    assert old in TEX
    assert not FontCache(cache, TEX.replace(old, new)).warm


def test_a_failed_filling_is_none(tmp_path: Path) -> None:
    fonts = FontCache(tmp_path, TEX)
    fonts.prepare()
    with pytest.raises(RuntimeError), fonts.filling():
        raise RuntimeError
    assert not fonts.warm
