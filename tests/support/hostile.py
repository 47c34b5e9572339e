"""A publication made to break packages: long title, five authors, Han and Cyrillic, tables, formulas, forty works."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.publications import png

PUBLICATION = r"""
title: "100 % of *Wölfe* & {braces}: <tags>, $money$ and _scores_, a Title that is Longer than Any Running Head"
subtitle: Третий путь, 第三條路 and a ~tilde~
short-title: Wölfe & braces
slug: wolves
authors:
  - family: Lovelace
    given: Ada & Byron
    orcid: 0000-0002-1825-0097
    email: ada@example.org
    affiliations: [leeds, moscow]
    corresponding: true
    roles: [conceptualization, writing-original-draft]
  - {family: 贾, given: 樟柯, family-first: true}
  - {family: Jia, given: Zhangke, family-first: true, native: 贾樟柯, affiliations: [leeds]}
  - {family: Достоевская, given: Анна, affiliations: [moscow]}
  - literal: The "Quoted" & <Marked> Collective, Inc.
    affiliations: [leeds]
affiliations:
  leeds: {name: "University of Leeds, St Mary's School of <Film®> & Media", ror: "https://ror.org/024mrxd33"}
  moscow: {name: Московский университет}
abstract: |
  An abstract with 100 % & <b>tags</b>, "quotes" and a film, *Последний поезд*.

  A second paragraph, 第二段, ends here \\ with a backslash.
keywords: [wolves & foxes, "50 % wool", 電影]
language: en-GB
date: 2024-02-29
version: "2.0"
doi: 10.5555/wolves.1
url: https://example.org/wolves/page.html
publisher: Press & Sons
place: Leeds
license: CC-BY-NC-4.0
journal: {title: "Journal of <Wolves> & Foxes", issn: 0378-5955, volume: "12", issue: "3", first-page: 101, last-page: 130}
funding:
  - {funder: Wolf Fund & Co., award: "W-1 <2>"}
acknowledgements: Thanks to all.
declarations:
  - {title: Competing interests, text: None declared.}
deposit: {depositor: Ada <A>, email: deposit@example.org, registrant: Press & Sons}
"""

_TEXT = r"""---
title: The *First* Section & More
words: {target: 50, max: 5000}
---

A paragraph that cites [@w00, p. 7; see also @w01] and @w02 [pp. 3--5], with a note.[^1] Names: 侯孝贤, 電影, Чехов,
naïve café, 50 % & #1 under_score ~ ^ \\ "quotes" 'single'. See @fig:plate, @tbl:t and @sec:two; dashes -- and ---.

[^1]: The note cites @w03 and says *so* (第一).

![A plate: 50 % grey & *italic* [@w04].](figures/plate.png){#fig:plate width=50%}

| Name    | Share |
|---------|------:|
| Wölfe   |  50 % |
| Собака  |   7 & |

: A table of 2 columns {#tbl:t}

A formula $a_1^2 + \frac{b}{c}$ in a line, and one displayed:

$$\sum_{i=1}^{n} x_i = \alpha$$ {#eq:s}

> A quotation set off, with “curly” quotes.

- one item
- another, *emphatic*

A second figure stands here, @fig:other.

![Another plate.](figures/Über plate 2.png){#fig:other width=30%}
"""

_SECOND = """---
title: A Second Section
id: two
---

{cites}
"""


def works(count: int = 40) -> str:
    """So many books and articles, some in other scripts."""
    titles = ("Wölfe & Füchse", "Преступление", "电影史", "A {B}raced Title", "50\\% of All")
    made = []
    for number in range(count):
        kind = "book" if number % 2 else "article"
        where = (
            "publisher = {Press \\& Co}" if number % 2 else "journaltitle = {Journal of X}, pages = {1--20}"
        )
        name = ("Müller, Jürgen", "Чехов, Антон", "{The Body}", "Li, Na", "O'Neil, Séan")[number % 5]
        made.append(
            f"@{kind}{{w{number:02},\n  author = {{{name}}},\n  title = {{{titles[number % 5]} {number}}},\n"
            f"  date = {{{1980 + number}}},\n  {where},\n}}\n"
        )
    return "\n".join(made)


HOSTILE: Mapping[str, str | bytes] = {
    "content/publication.yaml": PUBLICATION,
    "content/01-first.md": _TEXT,
    "content/02-second.md": _SECOND.format(
        cites="\n\n".join(f"Sentence number {n} says that wolves are many [@w{n:02}]." for n in range(5, 40))
    ),
    "bib/works.bib": works(),
    "figures/figures.yaml": (
        "plate.png: {permission: own, alt: A plate in even grey, credit: Drawn for this test}\n"
        "Über plate 2.png: {permission: cleared, holder: Somebody Else, alt: Grey again, credit: By permission}\n"
    ),
    "figures/plate.png": png(900, 600),
    "figures/Über plate 2.png": png(600, 600),
}
"""The whole publication, by path."""
