"""Brings a list of public manuscripts in, checks, builds and counts them.

Run `python tools/corpus.py --texts FOLDER --out FOLDER`: FOLDER of the texts holds a checkout for each repository of the
list (`tools/corpus.txt`), named `owner+name`; none of them is part of this repository. Each text's result is appended to
`results.jsonl`; those that stand there are not run again (but with `--again`). `--show` prints the figures alone.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pypandoc
import pypdfium2

LIST = Path(__file__).with_name("corpus.txt")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]{2,}")
_CODE = re.compile(r"(?:error|warning)\[?([a-z]+(?:-[a-z]+)+)")
_SKIPPED = frozenset({"Cite", "Math", "RawInline", "RawBlock", "Image"})
"""What prints otherwise than its words stand: a figure's caption is read beside its image."""
_FORMATS = {".docx": "docx", ".odt": "odt", ".tex": "latex", ".html": "html", ".xml": "jats"}
_RUN = re.compile(
    r"<!--.*?-->|^[ \t]*`{3,}[ ]*\{[^}\n]*\}.*?^[ \t]*`{3,}[ \t]*$|\{\{<.*?>\}\}|\{%.*?%\}|(?<!`)`\{?r\}? [^`]+`",
    re.DOTALL | re.MULTILINE,
)
"""Comments, chunks and values of code, and what is filled in: none of it is text."""
_LINE_END = re.compile(r"(\w+)(?:[\u00ad\ufffe\x02]|-\s*$)", re.MULTILINE)
_TIME_LIMIT = 900
_PANDOC_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """A text of the list."""

    kind: str
    """joss, manubot, quarto, markdown, docx, latex, html or jats."""
    repository: str
    """Owner and name."""
    path: str
    """Its file or folder in the repository."""
    commit: str
    """The commit it was read at."""

    @property
    def name(self) -> str:
        """A name for its folder."""
        return re.sub(r"[^A-Za-z0-9]+", "-", f"{self.kind} {self.repository} {self.path}").strip("-")[-90:]


@dataclass(slots=True)
class Result:
    """What became of a text."""

    kind: str
    name: str
    imported: int = -1
    """Exit status of `import`: 1 when the check that follows found errors."""
    checked: int = -1
    built: int = -1
    error: str = ""
    """The first error that was told."""
    words: int = 0
    """Words of the source, by pandoc."""
    missing: int = 0
    """Those that are not in the PDF."""
    examples: list[str] = field(default_factory=list)
    seconds: float = 0.0
    megabytes: int = 0
    """Peak of the greatest process of the build."""


def main(arguments: list[str] | None = None) -> int:
    """Run what has no result yet, and print the figures."""
    parser = argparse.ArgumentParser(description="Import, check and build public manuscripts.")
    parser.add_argument("--list", type=Path, default=LIST)
    parser.add_argument("--texts", type=Path, help="the folder of the checkouts")
    parser.add_argument("--out", type=Path, required=True, help="where projects and results go")
    parser.add_argument("--kind", help="only this kind")
    parser.add_argument("--first", type=int, default=0, help="at most so many of each kind")
    parser.add_argument("--again", action="append", default=[], help="run again what has this in its name")
    parser.add_argument("--recount", action="store_true", help="count the words of what was built once more")
    parser.add_argument("--show", action="store_true", help="run nothing, print the figures")
    asked = parser.parse_args(arguments)
    entries = list(_chosen(_read_list(asked.list), asked.kind, asked.first))
    results = _known(asked.out / "results.jsonl")
    if asked.recount:
        _recount(entries, results, asked.texts, asked.out)
    elif not asked.show:
        asked.out.mkdir(parents=True, exist_ok=True)
        for entry in entries:
            if entry.name not in results or any(part in entry.name for part in asked.again):
                results[entry.name] = _tried(entry, asked.texts, asked.out)
                with (asked.out / "results.jsonl").open("a", encoding="utf-8") as kept:
                    kept.write(json.dumps(asdict(results[entry.name]), ensure_ascii=False) + "\n")
                print(_line(results[entry.name]), flush=True)
    print("\n".join(_figures([results[each.name] for each in entries if each.name in results])))
    return 0


def _recount(entries: list[Entry], results: dict[str, Result], texts: Path, out: Path) -> None:
    for entry in entries:
        result = results.get(entry.name)
        if result and result.built == 0:
            _count(result, _source(entry, texts), out / entry.name)
    lines = [json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in results.values()]
    (out / "results.jsonl").write_text("".join(lines), encoding="utf-8")


def _source(entry: Entry, texts: Path) -> Path:
    return texts / entry.repository.replace("/", "+") / entry.path


def _read_list(path: Path) -> Iterator[Entry]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, repository, commit, place = line.split(maxsplit=3)
            yield Entry(kind, repository, place, commit)


def _chosen(entries: Iterable[Entry], kind: str | None, first: int) -> Iterator[Entry]:
    seen: Counter[str] = Counter()
    for entry in entries:
        seen[entry.kind] += 1
        if kind in (None, entry.kind) and (not first or seen[entry.kind] <= first):
            yield entry


def _known(path: Path) -> dict[str, Result]:
    if not path.is_file():
        return {}
    found = [Result(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    return {each.name: each for each in found}


def _tried(entry: Entry, texts: Path, out: Path) -> Result:
    """Import, check, build and count one text."""
    result = Result(entry.kind, entry.name)
    source = _source(entry, texts)
    project = out / entry.name
    shutil.rmtree(project, ignore_errors=True)
    log = out / f"{entry.name}.log"
    log.write_text("", encoding="utf-8")
    start = time.monotonic()
    result.imported, _ = _run(["import", str(source), str(project)], log)
    if project.is_dir():
        result.checked, _ = _run(["check", "--project", str(project)], log)
        result.built, result.megabytes = _run(["build", "--project", str(project), "screen"], log)
    result.seconds = round(time.monotonic() - start, 1)
    if result.built != 0:
        result.error = _first_error(log.read_text(encoding="utf-8", errors="replace"))
    else:
        _count(result, source, project)
    return result


def _run(arguments: list[str], log: Path) -> tuple[int, int]:
    """Run the program; its exit status, and the peak memory of it and its children, in megabytes."""
    command = [str(Path(sys.executable).with_name("fascicle")), *arguments]
    with log.open("a", encoding="utf-8") as written:
        written.write(f"\n$ {' '.join(arguments)}\n")
        written.flush()
        process = subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT)
        end = time.monotonic() + _TIME_LIMIT
        while True:
            done, status, used = os.wait4(process.pid, os.WNOHANG)
            if done:
                process.returncode = os.waitstatus_to_exitcode(status)
                return process.returncode, used.ru_maxrss // 1024
            if time.monotonic() > end:
                process.kill()
                end += 30
            time.sleep(0.1)


def _first_error(log: str) -> str:
    if "Traceback" in log:
        return "traceback: " + log.strip().splitlines()[-1]
    for line in log.splitlines():
        if re.search(r"\berror\b", line):
            return line.strip()[:200]
    return log.strip().splitlines()[-1][:200] if log.strip() else ""


def _count(result: Result, source: Path, project: Path) -> None:
    """Count the words of the source that are not in the PDF."""
    pdf = min((project / "build" / "screen").glob("*.pdf"))
    wanted = Counter(_words(_source_text(source)))
    with pypdfium2.PdfDocument(pdf) as document:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    joined = re.sub(r"[\u00ad\ufffe\x02]\s*|-\s*\n\s*", "", text)
    plain, mended = Counter(_words(text)), Counter(_words(joined))
    begun = Counter(word.casefold() for word in _LINE_END.findall(text))
    lacking = {
        word: short
        for word, count in wanted.items()
        if (
            short := count
            - max(plain[word], mended[word], _leftward(word, plain))
            - _divided(word, begun, plain)
        )
        > 0
    }
    result.words, result.missing = wanted.total(), sum(lacking.values())
    result.examples = sorted(lacking, key=lambda word: -lacking[word])[:40]


def _leftward(word: str, words: Counter[str]) -> int:
    """How often a word stands letter by letter in the order of the page, as lines that run from right to left are read."""
    return words[word[::-1]] if unicodedata.bidirectional(word[0]) in ("R", "AL") else 0


def _divided(word: str, begun: Counter[str], words: Counter[str]) -> int:
    """How often a word may be divided at the end of a page, other words between its parts."""
    parts = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
    return sum(min(begun[first], words[second]) for first, second in parts)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(unicodedata.normalize("NFKC", text))]


def _source_text(source: Path) -> str:
    """The words of a source by pandoc: no citations, formulas, raw parts or code that is run."""
    if source.is_dir():
        parts = sorted((source / "content").glob("[0-9]*.md"))
        parts = [part for part in parts if part.name != "00.front-matter.md"]
        return "\n".join(_source_text(part) for part in parts)
    form = _FORMATS.get(source.suffix.lower(), "markdown")
    command = [pypandoc.get_pandoc_path(), "--from", form, "--to", "json"]
    command += [] if form == "latex" else ["--sandbox"]
    given = b""
    if form == "markdown":
        given = _RUN.sub("", source.read_text(encoding="utf-8", errors="replace")).encode()
    else:
        command.append(str(source))
    try:
        read = subprocess.run(
            command, input=given, cwd=source.parent, capture_output=True, timeout=_PANDOC_SECONDS, check=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return ""
    return " ".join(_strings(json.loads(read.stdout)["blocks"]))


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _strings(each)
    elif isinstance(node, dict) and node.get("t") == "Str":
        yield node["c"]
    elif isinstance(node, dict) and node.get("t") in ("Space", "SoftBreak", "LineBreak"):
        yield " "
    elif isinstance(node, dict) and node.get("t") in ("Code", "CodeBlock"):
        if not re.match(r"\{?[rR]\b|\{?python", node["c"][1]) and not set(node["c"][0][1]) & {"{r}", "r"}:
            yield node["c"][1]
    elif isinstance(node, dict) and node.get("t") not in _SKIPPED:
        yield from _strings(node.get("c", []))


def _line(result: Result) -> str:
    share = f"{100 * result.missing / result.words:.2f} % of {result.words} missing" if result.words else ""
    return (
        f"{result.imported} {result.checked} {result.built} {result.seconds:6.1f} s {result.megabytes:4} MB "
        f"{result.name} {share} {result.error}"
    )


def _figures(results: list[Result]) -> Iterator[str]:
    for kind in dict.fromkeys(each.kind for each in results):
        those = [each for each in results if each.kind == kind]
        built = sum(each.built == 0 for each in those)
        passed = [each for each in those if each.checked == 0]
        refused = [each.name for each in passed if each.built != 0]
        words, missing = sum(each.words for each in those), sum(each.missing for each in those)
        share = f"{100 * (words - missing) / words:.2f} %" if words else "none"
        yield (
            f"{kind}: {len(those)} texts, {len(passed)} pass the check, {built} build; passed but refused: "
            f"{len(refused)}; words in the PDF: {share} of {words}; at most {max(each.megabytes for each in those)} MB"
        )
        yield from (f"  refused: {name}" for name in refused)


if __name__ == "__main__":
    sys.exit(main())
