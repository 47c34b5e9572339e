r"""The TeX from which a format that holds packages is made.

The lines that it can hold, and those around them.
"""

from __future__ import annotations

import re

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

# What Lua knows before the packages and after them must be the same: modules, globals, callbacks, functions of commands.
# The package pdftexcmds tells Lua again whenever a job begins; its module and its global are no hindrance. Nor is the
# module of LaTeX's programming layer for colours (TeX Live 2023 and later), which we load again ourselves. The tables of
# numbers of that layer were put into the format that we start from, and go into ours as well; until TeX Live 2024 its own
# code would write those made since, and lose them. Later code writes all of them, and what it knows of Unicode too, as long
# as it is read anew and not from its packed form. The lists of TeX's files count among what was read: once something is
# installed, a package may be found in another place.
BEFORE = r"""\directlua{
local register = token.create('@expl@luadata@bytecode')
local kept = register.cmdname == 'char_given' and lua.bytecode[register.index]
if not kept then
  local here, parsed = pcall(require, 'lua-uni-data-parser')
  if here then package.loaded['lua-uni-data'] = parsed pcall(require, 'lua-uni-data-preload') end
end
local again = {pdftexcmds = true, oberdiek = true, ['l3backend-luatex'] = true, l3color = true}
local function refuse(why) texio.write_nl('error: ' .. why) os.exit(3) end
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
  table.insert(found, 'functions: ' .. functions)
  table.sort(found)
  return found
end
local function more(now, before)
  local found, had = {}, {}
  for _, name in ipairs(before) do had[name] = true end
  for _, name in ipairs(now) do if not had[name] then table.insert(found, name) end end
  return table.concat(found, ', ')
end
local before, fonts = known(), font.max()
for _, list in ipairs({kpse.lookup('ls-R', {format = 'ls-R', all = true})}) do kpse.record_input_file(list) end
luatexbase.add_to_callback('pre_dump', function()
  luatexbase.remove_from_callback('pre_dump', 'fascicle.preloaded')
  local now = known()
  if not (table.concat(now) == table.concat(before)) then
    refuse('the packages change what Lua knows: ' .. more(now, before) .. more(before, now))
  end
  if font.max() > fonts + 1 then refuse('the packages open fonts') end
  if not kept then return end
  local made = lua.bytecode[register.index]()
  for name, data in pairs(made) do
    if not (name == '__intarray') or next(data, 0) or next(data[0]) then refuse('the packages keep ' .. name) end
  end
  lua.bytecode[register.index] = kept
end, 'fascicle.preloaded')}
"""
# The class has opened a font, of which Lua knows nothing any more: whoever selects it opens it again, under its old
# number. And TeX begins a job without a line above the first one, where packages have left one of no depth.
AFTER = r"""\makeatletter
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
PROOF = r"""\begin{document}\setbox0\hbox{\normalfont\MakeUppercase{é}}\end{document}
"""


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
