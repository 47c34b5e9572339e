r"""TeX formats that hold the packages of a main file: made once for all texts that begin alike.

A format holds macros, and nothing of what packages have told Lua. So it is made from the first lines of the main file
as far as they load packages that are known to tell Lua nothing and to ask for no clock; that they did not is looked at
while it is made. The engine then gets these lines as empty ones. It is at the text in a third of the time, and gives
the same bytes as without.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fascicle.core.system.atomic_files import deliver, deliver_bytes
from fascicle.core.system.locks import LockedError, wait_for_lock
from fascicle.typeset.environment import LARGE_PAGES
from fascicle.typeset.job import Job, Program
from fascicle.typeset.result_cache import digest_of, read_outside, stamp, stamps

_RECORD = 1
_REMEMBERED = 12
"""Formats that stay, each of 20 to 30 MB; the one used longest ago goes first."""
_CLASSES = frozenset({"article"})
_WORTH = frozenset({"hyperref"})
_HELD = _WORTH | {
    "amsmath",
    "amssymb",
    "array",
    "booktabs",
    "color",
    "fancyhdr",
    "footmisc",
    "graphicx",
    "lineno",
    "longtable",
}
_LOADING = re.compile(r"\\(documentclass|usepackage)(?:\[[^\[\]%\\^]*\])?\{([\w-]+)\}")
_PASSING = ("TMPDIR", "SOURCE_DATE_EPOCH", LARGE_PAGES)
_GZIP = b"\x1f\x8b"

# What Lua knows before the packages and after them must be the same: modules, globals, callbacks, functions of commands.
# The package pdftexcmds tells Lua again whenever a job begins; its module and its global are no hindrance. Nor is the
# module of LaTeX's programming layer for colours (TeX Live 2023 and later), which we load again ourselves. The tables of
# numbers of that layer were put into the format that we start from, and go into ours as well; until TeX Live 2024 its own
# code would write those made since, and lose them. Later code writes all of them, and what it knows of Unicode too, as long
# as it is read anew and not from its packed form. The lists of TeX's files count among what was read: once something is
# installed, a package may be found in another place.
_BEFORE = r"""\directlua{
local register = token.create('@expl@luadata@bytecode')
local kept = register.cmdname == 'char_given' and lua.bytecode[register.index]
if not kept then
  local here, parsed = pcall(require, 'lua-uni-data-parser')
  if here then package.loaded['lua-uni-data'] = parsed pcall(require, 'lua-uni-data-preload') end
end
local again = {pdftexcmds = true, oberdiek = true, ['l3backend-luatex'] = true, l3color = true}
local function known()
  local found, functions = {}, 0
  for name in pairs(package.loaded) do if not again[name] then table.insert(found, name) end end
  for name in pairs(_G) do if not again[name] then table.insert(found, name) end end
  for name in pairs(callback.list()) do
    for _, what in ipairs(luatexbase.callback_descriptions(name)) do
      if not again[what] then table.insert(found, name .. ' ' .. what) end
    end
  end
  for _ in pairs(lua.get_functions_table()) do functions = functions + 1 end
  table.sort(found)
  return table.concat(found, ',') .. functions
end
local before, fonts = known(), font.max()
for _, list in ipairs({kpse.lookup('ls-R', {format = 'ls-R', all = true})}) do kpse.record_input_file(list) end
luatexbase.add_to_callback('pre_dump', function()
  luatexbase.remove_from_callback('pre_dump', 'fascicle.preloaded')
  if not (known() == before) or font.max() > fonts + 1 then os.exit(3) end
  if not kept then return end
  local made = lua.bytecode[register.index]()
  for name, data in pairs(made) do
    if not (name == '__intarray') or next(data, 0) or next(data[0]) then os.exit(3) end
  end
  lua.bytecode[register.index] = kept
end, 'fascicle.preloaded')}
"""
# The class has opened a font, of which Lua knows nothing any more: whoever selects it opens it again, under its old
# number. And TeX begins a job without a line above the first one, where packages have left one of no depth.
_AFTER = r"""\makeatletter
\edef\next{\noexpand\directlua{
local number, size = \fontid\font, \directlua{tex.sprint(font.getfont(font.current()).size)}
local cut = '\directlua{tex.sprint(-2, font.getfont(font.current()).name)}'
local colours = '\directlua{tex.sprint(-2, package.loaded['l3backend-luatex'] and 'l3backend-luatex' or '')}'
if not (colours == '') then require(colours) end
\unexpanded{
local open = luatexbase.remove_from_callback('define_font', 'luaotfload.define_font')
luatexbase.add_to_callback('define_font', function(name, at, id)
  if not (name == cut and at == size) then return open(name, at, id) end
  cut = nil
  font.setfont(number, open(name, at, number))
  return number
end, 'luaotfload.define_font')
}}}
\toks@\expandafter{\next \prevdepth\z@}
\toks@\expandafter{\the\expandafter\everyjob\the\toks@}
\everyjob\toks@ \toks@{} \let\next\@undefined
\expandafter\let\font@name\@undefined
\makeatother
\dump
"""
_PROOF = r"""\begin{document}\setbox0\hbox{\normalfont\MakeUppercase{é}}\end{document}
"""
REFUSED = 3
"""Exit status of an engine that found something which no format holds."""
Maker = Callable[[str], tuple[int, Path, str]]
"""Lets a file dump a format: exit status, the format, the list of what it read (.fls)."""
Prover = Callable[["Preloaded", str], bool]
"""Whether a main file compiles with a format."""


@dataclass(frozen=True, slots=True)
class Preloaded:
    """A format and the lines that it stands for."""

    path: Path
    """The format."""
    head: str
    """The first lines of the main file."""
    read: tuple[str, ...]
    """Files of the TeX system that it was made from."""

    @property
    def lines(self) -> int:
        """Number of the lines that it stands for."""
        return self.head.count("\n")

    def serves(self, tex: str) -> bool:
        """Whether a main file begins with these lines."""
        return tex.startswith(self.head)


def head_of(tex: str) -> str:
    """The first lines of a main file as far as a format can hold them; empty when that would gain little."""
    end, position, loaded = 0, 0, set()
    for line in tex.splitlines(keepends=True):
        position += len(line)
        text = line.strip()
        found = _LOADING.fullmatch(text)
        if found and found[2] in (_CLASSES if found[1] == "documentclass" else _HELD):
            loaded.add(found[2])
            end = position
        elif text and not text.startswith("%"):
            break
    return tex[:end] if loaded & _WORTH and loaded & _CLASSES else ""


def latest_head(cache: Path) -> str:
    """The lines that the format used last stands for; empty without any."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        path = max((cache / "formats").glob("*.fmt"), key=lambda path: path.stat().st_mtime_ns, default=None)
        if path:
            return str(json.loads(path.with_suffix(".json").read_bytes())["head"])
    return ""


class Formats:
    """The format for one job's packages, kept beside the fonts that the user's publications share."""

    def __init__(self, job: Job, environment: Mapping[str, str], programs: Mapping[Program, Path]) -> None:
        self._job = job
        self._head = head_of(job.tex)
        self._folder = job.formats or job.cache / "formats"
        settings = (f"{name}={value}" for name, value in sorted(environment.items()) if name not in _PASSING)
        engine = programs.get(Program.LUALATEX)
        key = digest_of(_BEFORE, self._head, _AFTER, job.name, stamp(engine) if engine else "", *settings)[
            :20
        ]
        self._path = self._folder / f"{key}.fmt"
        self._record = self._path.with_suffix(".json")

    def find(self) -> Preloaded | None:
        """The format, when there is one and nothing that it was made from has changed."""
        state = self._state()
        if state is None or not state["usable"]:
            return None
        with contextlib.suppress(OSError):
            os.utime(self._path)
        return Preloaded(self._path, self._head, tuple(state["read"]))

    def find_or_make(self, make: Maker, prove: Prover, seconds: float) -> Preloaded | None:
        """The format, made when there is none yet; None where the packages do not allow it, or the disk."""
        if not self._head:
            return None
        with contextlib.suppress(OSError, LockedError):
            if self._state() is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                with (self._folder / "lock").open("a") as lock:
                    wait_for_lock(lock.fileno(), seconds, needless=lambda: self._state() is not None)
                    if self._state() is None:
                        self._make(make, prove)
        return self.find()

    def _state(self) -> dict[str, Any] | None:
        """What is known of the format; None when nothing is, or nothing that holds any more."""
        try:
            state: dict[str, Any] = json.loads(self._record.read_bytes())
            if state["format"] != _RECORD or state["system"] != stamps(state["read"]):
                return None
            if state["usable"] and state["size"] != self._path.stat().st_size:
                return None
            own = set(self._job.inputs)
            if own & {os.path.basename(path) for path in state["read"]}:  # noqa: PTH119 - hundreds of names
                return {**state, "usable": False}
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return state

    def _make(self, make: Maker, prove: Prover) -> None:
        """Make the format and keep it, or that there can be none."""
        status, made, recorder = make(_BEFORE + self._head + _AFTER)
        if status not in (0, REFUSED):
            return  # an error of TeX's, which the document itself will tell
        read = sorted(read_outside(recorder, self._job.cache))
        usable = status == 0
        if usable:
            made = _uncompressed(made)
            usable = prove(Preloaded(made, self._head, tuple(read)), self._head + _PROOF)
        if usable:
            deliver(made, self._path)
        state = {
            "format": _RECORD,
            "usable": usable,
            "size": made.stat().st_size if usable else 0,
            "read": read,
            "system": stamps(read),
            "head": self._head,
        }
        deliver_bytes(json.dumps(state, indent=0).encode(), self._record)
        self._forget_oldest()

    def _forget_oldest(self) -> None:
        formats = sorted(self._folder.glob("*.fmt"), key=lambda path: path.stat().st_mtime_ns)
        for path in formats[:-_REMEMBERED]:
            path.unlink(missing_ok=True)
            path.with_suffix(".json").unlink(missing_ok=True)


def _uncompressed(path: Path) -> Path:
    """The same format without compression, which costs a fifth of an engine's start; TeX reads either."""
    with path.open("rb") as stream:
        if stream.read(2) != _GZIP:
            return path
    plain = path.with_suffix(".plain.fmt")
    with gzip.open(path) as reader, plain.open("wb") as writer:
        shutil.copyfileobj(reader, writer, 1 << 20)
    return plain
