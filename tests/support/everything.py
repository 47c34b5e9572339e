"""A publication that has one of everything that the dialect and publication.yaml know, for other formats than PDF."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.publications import png

EVERYTHING: Mapping[str, str | bytes] = {
    "content/publication.yaml": """title: All *of* It
authors: [{family: Small, given: Ann, note: "Thanks to *all*."}, {family: Jia, given: Zhangke, family-first: true, native: 贾樟柯, corresponding: true, email: a@b.org}]
language: de
date: 2024-02-29
journal: {title: J, issn: 0378-5955}
acknowledgements: Dank.
citation-style: chicago-notes
""",
    "content/01-one.md": r"""---
title: One "quoted" *thing*
epigraph: {text: A motto., source: "Somebody [@b, S. 3]"}
authors: [{family: Own, given: Section}]
---

Text *with "inner" [贾樟柯]{lang=zh} and *nested* emphasis*. `code` x^2^ H~2~O ~~gone~~ [AD]{.smallcaps}[^n] and a time [@film, 00:12:30] and @film [Kap. 3].

[^n]: A note with two paragraphs.

    Second, with a list:

    - a
    - b

## Sub {#sub}

| Verse keeps its lines,
|   and the spaces

Term
:   What it means.

Another
:   One
:   Two

1. one
2. two

    - nested

> Quotation.
>
> > Inner.

* * *

::: epigraph
Motto.

--- Source
:::

::: {lang=fr}
« Français »  "cité".
:::

```python
x = 1
```

A formula $$\frac{a}{b}$$ {#eq:one} goes on, see @eq:one, @sec:sub, @sec:un and [there](#sub) or [web](https://e.org/ä?x=1&y).

## Un {#un .unnumbered}

![](figures/plate.png){#fig:nocap .here}

![Missing one](figures/missing.png){#fig:m height=3cm}

| a | b |
|---|--:|
| *long* text that is rather long and goes on so that it must be wrapped at the end of the line | 2 |

: Cap with note.^[Table note.] {#tbl:x}

- loose

- list

    with two paragraphs
""",
    "bib/w.bib": """@book{b, author={Buch, Anna}, title={Das Buch}, date={2001}, publisher={Verlag}, location={Bonn}}
@movie{film, director={Jia, Zhangke}, director+an:order={1=eastern}, director+an:native={1="贾樟柯"}, title={24 {City}}, origtitle={二十四城记}, transliteration={Ershisi cheng ji}, date={2008}, runtime={107}, company={Xstream}, country={China}}
""",
    "figures/figures.yaml": "plate.png: {permission: own, alt: 'A plate & more', credit: Credit}\nmissing.png: {permission: pending, alt: Not there, size: 100x50mm}\n",
    "figures/plate.png": png(),
}
"""The whole publication, by path."""
