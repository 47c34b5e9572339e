"""MyST's roles and directives in Pandoc's spelling."""

from __future__ import annotations

import re
from bisect import bisect_left

from fascicle.importers.report import Report
from fascicle.importers.word_list import words

_DIRECTIVE = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|:{3,}|~{3,})\{(?P<name>[\w:+.-]+)\}[ \t]*(?P<argument>[^\n]*)\n", re.MULTILINE
)
_FENCE = re.compile(r"^[ \t]*(`{3,}|:{3,}|~{3,})[ \t]*$", re.MULTILINE)
_ROLE = re.compile(r"\{([\w:+-]+)\}(`+)(.+?)\2", re.DOTALL)
_OPTION = re.compile(r"^:([\w-]+):[ \t]*(.*)$")
_TARGET = re.compile(r"^[ \t]*\(([\w:.-]+)\)=[ \t]*\n(?:[ \t]*\n)*+(#{1,6}[ \t]+[^\n]*)$", re.MULTILINE)
_BOXES = words("note warning tip important caution attention danger error hint seealso admonition")
_THEOREMS = words(
    "theorem proof lemma definition corollary proposition example remark conjecture exercise prf:theorem prf:proof prf:lemma prf:definition"
)
_DROPPED = words(
    "toctree tableofcontents bibliography contents index raw only eval-rst jupyter-execute code-cell"
)
_DEEPEST = 6


def myst(text: str, report: Report) -> str:
    """The text with its directives and roles rewritten."""
    text = re.sub(r"^\+\+\+[^\n]*$", "", text, flags=re.MULTILINE)
    text = _TARGET.sub(lambda found: f"{found[2].rstrip()} {{#{found[1]}}}", text)
    for _ in range(_DEEPEST):
        before = text
        text = _with_directives(text, report)
        if text == before:
            break
    text = _ROLE.sub(lambda found: _role(found, report), text)
    return re.sub(r"\[\]\(#?((?:fig|tbl|tab|eq|sec)[\w:.-]*)\)", r"@\1", text)


def _with_directives(text: str, report: Report) -> str:
    """The text with each directive rewritten that is closed by a fence as long as its own, the outermost alone."""
    closing: dict[str, list[re.Match[str]]] = {}
    for fence in _FENCE.finditer(text):
        closing.setdefault(fence[1], []).append(fence)
    starts = {fence: [one.start() for one in found] for fence, found in closing.items()}
    parts: list[str] = []
    at = 0
    for found in _DIRECTIVE.finditer(text):
        fences = closing.get(found["fence"], [])
        number = bisect_left(starts.get(found["fence"], []), found.end())
        if found.start() < at or number == len(fences):
            continue
        parts += [
            text[at : found.start()],
            _directive(found, text[found.end() : fences[number].start()], report),
        ]
        at = fences[number].end()
    return "".join([*parts, text[at:]])


def _directive(found: re.Match[str], inner: str, report: Report) -> str:
    name, argument = found["name"], found["argument"].strip()
    options, body = _options(inner)
    label = options.get("name") or options.get("label") or ""
    named = f"#{label}" if label else ""
    match name.split(":")[-1] if name.startswith("prf:") else name:
        case "figure" | "image":
            return f"\n{_figure(argument, options, body, named)}\n"
        case "math":
            return (
                f"\n$$\n{(argument + chr(10) + body).strip()}\n$$ {{{named}}}\n"
                if named
                else f"\n$$\n{(argument + chr(10) + body).strip()}\n$$\n"
            )
        case "code" | "code-block" | "sourcecode":
            return f"\n``` {{.{argument}}}\n{body}```\n" if argument else f"\n```\n{body}```\n"
        case "table":
            return (
                f"\n{body.strip()}\n\n: {argument} {{{named}}}\n"
                if argument or named
                else f"\n{body.strip()}\n"
            )
        case "list-table":
            return f"\n{_list_table(body)}\n\n: {argument} {{{named}}}\n"
        case kind if kind in _BOXES:
            title = argument if kind == "admonition" else ""
            return f"\n::: {{.{kind}{f' title={chr(34)}{title}{chr(34)}' if title else ''}}}\n{body.strip()}\n:::\n"
        case kind if kind in _THEOREMS:
            return f"\n::: {{.{kind}{f' name={chr(34)}{argument}{chr(34)}' if argument else ''}}}\n{body.strip()}\n:::\n"
        case "epigraph" | "pull-quote" | "quote":
            return "\n" + "\n".join(f"> {line}" for line in body.strip().splitlines()) + "\n"
        case kind if kind in _DROPPED:
            report.left_out(f"the directive {{{name}}}", argument[:60])
            return "\n"
    report.changed(f"the directive {{{name}}} is what stands in it", argument[:60])
    return f"\n{argument}\n\n{body.strip()}\n"


def _options(body: str) -> tuple[dict[str, str], str]:
    lines = body.split("\n")
    options: dict[str, str] = {}
    while lines and (found := _OPTION.match(lines[0].strip())):
        options[found[1]] = found[2].strip()
        lines.pop(0)
    return options, "\n".join(lines)


def _figure(path: str, options: dict[str, str], body: str, named: str) -> str:
    alt = options.get("alt", "").replace('"', "'")
    width = options.get("width", "")
    braces = " ".join(
        part for part in (named, f'fig-alt="{alt}"' if alt else "", f"width={width}" if width else "") if part
    )
    caption, _, rest = body.strip().partition("\n\n")
    return f"![{' '.join(caption.split())}](<{path}>){f'{{{braces}}}' if braces else ''}\n\n{rest}".rstrip()


def _list_table(body: str) -> str:
    rows: list[list[str]] = []
    for line in body.splitlines():
        if first := re.match(r"[ \t]*[*-][ \t]+[*-][ \t]?(.*)", line):
            rows.append([first[1].strip()])
        elif (cell := re.match(r"[ \t]+[*-][ \t]?(.*)", line)) and rows:
            rows[-1].append(cell[1].strip())
        elif line.strip() and rows:
            rows[-1][-1] += " " + line.strip()
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines[:1], "|" + "---|" * len(rows[0]), *lines[1:]]) if rows else ""


def _role(found: re.Match[str], report: Report) -> str:
    name, inner = found[1], found[3]
    words = re.fullmatch(r"(.*?)\s*<([^<>]+)>", inner, re.DOTALL)
    match name:
        case "cite" | "cite:p" | "cite:ps" | "citep" | "footcite" | "footcite:p":
            return "[" + "; ".join(f"@{key.strip()}" for key in re.split(r"[,;]", inner) if key.strip()) + "]"
        case "cite:t" | "cite:ts" | "citet" | "footcite:t":
            return " and ".join(f"@{key.strip()}" for key in re.split(r"[,;]", inner) if key.strip())
        case "cite:alp" | "cite:year" | "cite:yearpar":
            return (
                "[" + "; ".join(f"-@{key.strip()}" for key in re.split(r"[,;]", inner) if key.strip()) + "]"
            )
        case "ref" | "numref" | "eq" | "prf:ref":
            kind = "eqref" if name == "eq" else "autoref"
            return (
                f"[{words[1]}](#{words[2]})"
                if words and name == "ref"
                else f"`\\{kind}{{{(words[2] if words else inner).strip()}}}`{{=tex}}"
            )
        case "sub" | "subscript":
            return f"~{inner.replace(' ', chr(92) + ' ')}~"
        case "sup" | "superscript":
            return f"^{inner.replace(' ', chr(92) + ' ')}^"
        case "math":
            return f"${inner}$"
        case "code" | "kbd" | "file" | "command":
            return f"`{inner}`"
        case "abbr":
            return inner.split(" (")[0]
    if name not in ("doc", "term", "download"):
        report.changed(f"the role {{{name}}} is its words", inner[:60])
    return words[1] if words else inner
