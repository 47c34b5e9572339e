"""The font cache counts as warm for every document that loads the same fonts, whatever else it says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fascicle.core.system.locks import LockedError
from fascicle.typeset.font_cache import FontCache

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


def test_who_waited_for_the_same_fonts_keeps_nobody_waiting(tmp_path: Path) -> None:
    """Twenty publications whose fonts are new all wait for the first of them, and then go on together."""
    first, second, third = (FontCache(tmp_path, TEX) for _ in range(3))
    first.prepare()
    with ThreadPoolExecutor(1) as pool:
        with first.filling():
            waiter = pool.submit(lambda: _both(second, third))
        assert waiter.result(20)


def _both(one: FontCache, other: FontCache) -> bool:
    """Whether two can be in the block at the same time."""
    with one.filling(10), other.filling(0):
        return True


def test_only_one_fills_at_a_time(tmp_path: Path) -> None:
    one, other = FontCache(tmp_path, TEX), FontCache(tmp_path, TEX.replace("Some Mono", "Other Mono"))
    one.prepare()
    with one.filling(), pytest.raises(LockedError), other.filling(0):
        pass
    assert one.warm
    assert not other.warm


def test_a_failed_filling_is_none(tmp_path: Path) -> None:
    fonts = FontCache(tmp_path, TEX)
    fonts.prepare()
    with pytest.raises(RuntimeError), fonts.filling():
        raise RuntimeError
    assert not fonts.warm
