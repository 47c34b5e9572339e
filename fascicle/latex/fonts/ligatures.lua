-- Two exclamation marks stay two characters. The ligatures that some fonts make of stops, marks and the degree sign are
-- characters of their own: who searches or copies the text would meet them in place of what was typed.
-- Read by fonts.py, which takes out these comments; no backslash, percent or number sign may stand below.
local apart = {0x21, 0x2e, 0x3f, 0xb0}
luatexbase.add_to_callback('luaotfload.patch_font', function(tfm)
  local sequences = tfm.resources and tfm.resources.sequences or {}
  for _, sequence in ipairs(sequences) do
    for _, step in ipairs(sequence.type == 'gsub_ligature' and sequence.steps or {}) do
      for _, character in ipairs(step.coverage and apart or {}) do step.coverage[character] = nil end
    end
  end
end, 'fascicle.ligatures')
