r"""How an engine that is started early waits at a line of the main file.

The engine opens the main file through Lua, which hands it one line at a time, as TeX asks for them. Before the line at
which it is parked it waits on standard input. By then everything above is set and lies in its memory, so what follows
may be another text than the one it was started with: the file is read anew when the order comes. No TeX register and
no token is used, so the result is that of an engine that never waited.
"""

from __future__ import annotations

import re

from fascicle.core.ready_text import Lua
from fascicle.latex.escape import Latex

GO = b"go\n"
"""The order to go on to the document's end."""
DRAFT = b"draft\n"
"""The order to go on and write no PDF: for an engine that waits before the first page."""
PARKED = "parked.txt"
"""A file that the engine makes when it has come to its line."""
PAGES = "pages.txt"
"""A file that an engine stopped early makes: the number of its pages that are whole."""
_BEGIN = re.compile(r"^.*\\begin\s*\{document\}", re.MULTILINE)

# After `park N` it waits again, further down. After `until N` the engine ends as soon as a page has been shipped that
# holds text from line N on, or from below, and on which line N does not come last: it may be broken off there, and the
# change be on the next page. What comes after it has been broken off by then. The spaces between words (subtypes 13, 14)
# tell their lines; all other space of a paragraph has the line at its end. Headers and footers, which have the line at
# which TeX is, are not looked at.
# After an error it tells none: they are not those of the text, and the build itself will say what is wrong.
# Once all files are closed an engine without errors does not tidy up its memory, a quarter of the time of ending.
# At the end of the pipe we are dead, and it goes away.
_LUA = """
local number, lines, count, ask, seen, last, holding, reached, whole = 0, {}, 0
local function failed() return status.lasterrorstring or status.lastluaerrorstring end
local function read()
  lines, count = {}, 0
  for line in io.lines(main) do count = count + 1 lines[count] = line end
end
local function note(name, text) local file = io.open(name, 'w') file:write(text) file:close() end
local function look(head)
  local place = node.direct.get_synctex_fields
  while head do
    if head.id == node.id('glue') and (head.subtype == 13 or head.subtype == 14) then
      local tag, at = place(node.direct.todirect(head))
      last = tag == 1 and at
      seen = seen or last and last >= ask
    elseif head.id == node.id('hlist') or head.id == node.id('vlist') then
      look(head.head)
    end
    head = head.next
  end
end
local function page(head)
  seen, last = false, false
  look(head)
  holding = seen and not (last == ask)
  return true
end
local function shipped() reached = reached or holding return true end
local function ended()
  if failed() then os.exit(1, false) end
  if not reached then return end
  whole = true
  note(pages, status.total_pages)
  tex.finish()
end
local function wait()
  note(parked, '')
  local order = io.read('l') or os.exit(3)
  if order == 'draft' then tex.draftmode = 1 end
  park = tonumber(order:match('park (.*)'))
  if park or order == 'go' or order == 'draft' then read() return end
  ask = tonumber(order:match('until (.*)')) or os.exit(3)
  read()
  luatexbase.add_to_callback('pre_output_filter', page, 'fascicle.glimpse')
  luatexbase.add_to_callback('pre_shipout_filter', shipped, 'fascicle.glimpse')
  luatexbase.add_to_callback('stop_page_number', ended, 'fascicle.glimpse')
  pdf.setcompresslevel(0)
end
local function reader()
  number = number + 1
  if number == park then wait() end
  if number <= skip then return '' end
  return lines[number]
end
luatexbase.add_to_callback('wrapup_run', function()
  if whole or not failed() then os.exit(0, false) end
end, 'fascicle.exit')
luatexbase.add_to_callback('open_read_file', function()
  luatexbase.remove_from_callback('open_read_file', 'fascicle.gate')
  read()
  return {reader = reader}
end, 'fascicle.gate')
"""
_PROGRAM = Lua.proved(" ".join(_LUA.split()))


def park(line: int) -> bytes:
    """The order to go on, and to wait again before line `line` of the main file."""
    return f"park {line}\n".encode()


def until(line: int) -> bytes:
    """The order to end with the page that holds line `line` of the main file, or the end of it."""
    return f"until {line}\n".encode()


def argument(name: str, line: int, skip: int = 0) -> Latex:
    """What the engine gets instead of a file name, to be parked before line `line` of `NAME.tex`, counted from 1.

    It never waits when that is 0. The first `skip` lines, which its format holds, it reads as empty ones. Raises
    ValueError for a name with signs that mean something to TeX or Lua.
    """
    main, parked, pages = Lua.quoted(f"{name}.tex"), Lua.quoted(PARKED), Lua.quoted(PAGES)
    given = Lua(f"local main, parked, pages, skip, park = {main}, {parked}, {pages}, {skip}, {line}")
    program = Lua(f"{given} {_PROGRAM}")
    return Latex.proved(rf"\directlua{{{program}}}\csname @@input\endcsname {name}.tex")


def begin_line(tex: str) -> int:
    r"""Number of the line that holds `\begin{document}`; 1 when there is none, where nothing is loaded ahead."""
    found = _BEGIN.search(tex)
    return tex.count("\n", 0, found.start()) + 1 if found else 1
