"""A publication in the spellings of others: what Pandoc, Quarto and pandoc-crossref know and texts hold."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.publications import png

DIALECT: Mapping[str, str | bytes] = {
    "content/publication.yaml": """\
title: In Others' Spelling
authors: [{family: Small, given: Ann}]
language: en-GB
date: 2024-02-29
journal: {title: J, issn: 0378-5955}
""",
    "content/01-references.md": """\
---
title: References to Things
---

## Where we begin

See [the beginning](#where-we-begin), @Fig:left and [@fig-both; @fig-two].

::: {#fig-both layout-ncol=2}
![The left *one*.](figures/plate.png){#fig-left}

![The right one.](figures/plate.png)

Both of them.
:::

![Alone](figures/plate.png){#fig-two width=100px}
![And after it](figures/plate.png)
""",
    "content/04-lists.md": """\
---
title: Lists
---

a) First
b) Second

(@good) A good example.

As (@good) shows, there are tasks:

- [x] Done
- [ ] To do
""",
    "content/03-statements.md": """\
---
title: Statements
---

By @thm-line, @def-even and @lst-hello.

::: {#thm-line}
## The *line*

Any line is straight.
:::

::: {#def-even}
Two divides it.
:::

::: proof
It is so.
:::

::: {.callout-tip title="A box"}
Words in it.
:::

```{#lst-hello .python lst-cap="Say hello"}
print("hello")
```
""",
    "content/02-scripts.md": """\
---
title: Scripts
---

The word [كتاب]{lang=ar}, [سلام]{lang=fa} and [שלום]{lang=he} in a sentence.
""",
    "figures/figures.yaml": "plate.png: {permission: own, alt: A plate in even grey}\n",
    "figures/plate.png": png(300, 200),
}
