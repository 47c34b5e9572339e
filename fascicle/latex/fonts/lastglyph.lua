-- When the PDF is closed, TeX goes through all code points up to a font's last one, in each of its sizes. Glyphs that have
-- no code lie at F0000 and above; in most fonts these are just .notdef and one or two doubles, which no text and no
-- substitution reaches. Without them that way is thirty times shorter, which is half of what closing a PDF takes.
-- Read by fonts.py, which takes out these comments; no backslash, percent, number sign or tilde may stand below.
local first, few, reached = 0xF0000, 8, setmetatable({}, {__mode = 'k'})
local function note(value, found)
  if type(value) == 'number' then
    if value >= first then found[value] = true end
  elseif type(value) == 'table' then
    for _, inner in next, value do note(inner, found) end
  end
end
local function reached_in(resources)
  if not reached[resources] then
    local found = {}
    for _, sequence in ipairs(resources.sequences or {}) do
      for _, step in ipairs(sequence.steps or {}) do note(step.coverage, found) end
    end
    reached[resources] = found
  end
  return reached[resources]
end
luatexbase.add_to_callback('luaotfload.patch_font', function(tfm)
  local raw, lone = tfm.shared and tfm.shared.rawdata, {}
  if not raw or not tfm.resources then return end
  for code in next, tfm.characters do
    if type(code) == 'number' and code >= first then table.insert(lone, code) end
  end
  if lone[few + 1] then return end
  local needed = reached_in(tfm.resources)
  for _, code in ipairs(lone) do
    local glyph = raw.descriptions[code]
    local other = glyph and glyph.unicode and tfm.characters[glyph.unicode] and not (glyph.unicode == code)
    if glyph and (glyph.index == 0 or other) and not needed[code] then tfm.characters[code] = nil end
  end
end, 'fascicle.lastglyph')
