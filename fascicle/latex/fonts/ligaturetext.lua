-- A ligature is read back as the letters that it is made of. The loader of fonts knows these by the glyph's name, and cuts
-- a name such as q.sc_u.sc at its first stop: the small capitals qu would be copied, and searched for, as q.
-- Read by fonts.py, which takes out these comments; no backslash, percent or number sign may stand below.
local function cut_short(glyph)
  local name = glyph and glyph.name or ''
  local stop = name:find('.', 1, true)
  return stop and name:find('_', stop, true)
end
local function mend(tfm, descriptions, step, before)
  for code, following in next, step do
    local character = type(code) == 'number' and tfm.characters[code]
    local text = character and character.tounicode
    if type(text) == 'string' and type(following) == 'table' then
      local made = following.ligature
      local target = type(made) == 'number' and tfm.characters[made]
      if target and cut_short(descriptions[made]) then target.tounicode = before .. text end
      mend(tfm, descriptions, following, before .. text)
    end
  end
end
luatexbase.add_to_callback('luaotfload.patch_font', function(tfm)
  local raw = tfm.shared and tfm.shared.rawdata
  local sequences = raw and raw.descriptions and tfm.resources and tfm.resources.sequences or {}
  for _, sequence in ipairs(sequences) do
    for _, step in ipairs(sequence.type == 'gsub_ligature' and sequence.steps or {}) do
      if step.coverage then mend(tfm, raw.descriptions, step.coverage, '') end
    end
  end
end, 'fascicle.ligaturetext')
