"""biber: when it must run, and how its control file is had before the first pass has ended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from fascicle.typeset.run_folder import digest

_CITEKEY = re.compile(rb'<bcf:citekey order="(\d+)" intorder="(\d+)"([^>]*)>([^<]*)</bcf:citekey>')
_GAP = b"<!-- citation keys -->"
_BEGIN = re.compile(r"\\begin\s*\{document\}")
_LISTS = re.compile(r"\\(?:printbibliography|printbiblist|nocite)\b")
_ARGUMENT = re.compile(r"\s*(\[(?:[^\[\]{}]|\{[^{}]*\})*\]|\{[^{}]*\})")


def biber_command(program: Path, name: str) -> list[str]:
    """The command line, for a working directory that holds the control file and the bibliographies."""
    return [str(program), "--noconf", "--input-encoding=UTF-8", name]


def control(bcf: bytes) -> bytes:
    """The control file in a form that is equal when biber's result must be.

    Citation order matters to a list sorted by citation alone; for every other sorting, moving a citation in the text
    changes nothing, so there the keys are sorted.
    """
    if b"citeorder" in bcf:
        return bcf
    keys = sorted({(key, rest) for _, _, rest, key in _CITEKEY.findall(bcf)})
    listed = b"\n".join(key + rest for key, rest in keys)
    return _CITEKEY.sub(b"", bcf).replace(b" ", b"").replace(b"\n", b"") + listed


def uses_biber(bcf: bytes) -> bool:
    """Whether there is anything for biber to do: a control file without keys makes an empty .bbl that nobody reads."""
    return b"</bcf:citekey>" in bcf


def form(bcf: bytes) -> bytes | None:
    """The control file with a gap in the place of its citation keys: what the preamble alone decides. None without keys."""
    first = _CITEKEY.search(bcf)
    if not first or b"citeorder" in bcf:
        return None
    return _CITEKEY.sub(b"", bcf[: first.start()] + _GAP + bcf[first.start() :])


def filled(form: bytes, cited: Sequence[str]) -> bytes:
    """The control file that a document of the same preamble is likely to make for these citations."""
    keys = dict.fromkeys(one for group in cited for one in group.split(","))
    listed = (
        f'<bcf:citekey order="{number}" intorder="1">{_escaped(one)}</bcf:citekey>'
        for number, one in enumerate(keys, start=1)
    )
    return form.replace(_GAP, "\n".join(listed).encode())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def preamble_key(tex: str, programs: Iterable[Path]) -> str:
    """Digest of what decides the form of a control file: the preamble's lines about citations, and the programs."""
    begin = _BEGIN.search(tex)
    lines = tex[: begin.start() if begin else 0].split("\n")
    told = [line for line in lines if "bib" in line.lower() or "cite" in line.lower()]
    stamps = (f"{path}:{path.stat().st_mtime_ns}" for path in programs)
    return digest("\0".join((*told, *stamps)).encode())[:20]


def key(bcf: bytes, bibliographies: Mapping[str, str]) -> str:
    """Digests of all that biber's result depends on: of the control file, a colon, of the bibliography files."""
    texts = b"\0".join(f"{name}\0{text}".encode() for name, text in sorted(bibliographies.items()))
    return f"{digest(control(bcf))}:{digest(texts)}"


def early_document(tex: str, cited: Sequence[str]) -> str | None:
    """A document of the same preamble that makes the same control file as `tex`, but hardly any pages.

    It cites the keys in a box that is thrown away, and prints the lists, still empty. None when `tex` does
    not begin a document.
    """
    begin = _BEGIN.search(tex)
    if not begin:
        return None
    citations = "".join(f"\\cite{{{keys}}}%\n" for keys in cited)
    lists = "\n".join(_commands(tex[begin.end() :]))
    return f"{tex[: begin.end()]}\n\\setbox0\\vbox{{{citations}}}\n{lists}\n\\end{{document}}\n"


def cited_key(tex: str, cited: Sequence[str]) -> str:
    """Digest of what the control file depends on, as far as that is known before a pass."""
    return digest((early_document(tex, cited) or "").encode())


def _commands(body: str) -> Iterable[str]:
    """The commands of the text that ask for lists of works, with their arguments."""
    for match in _LISTS.finditer(body):
        end = match.end()
        while argument := _ARGUMENT.match(body, end):
            end = argument.end()
        yield body[match.start() : end]
