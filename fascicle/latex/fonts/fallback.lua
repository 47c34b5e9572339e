-- Sets each character that a cut lacks from the font that stands in for it, just before words are shaped.
-- A font is opened only when a character asks for it in that size, so a rule that is never used costs nothing.
-- Read by fonts.py, which takes out these comments; no backslash, percent or number sign may stand below.
fascicle = fascicle or {}
local rules, wanted = {}, {}
-- group: characters in hexadecimal; by: cut to font with its features and its size relative to the cut
function fascicle.stand_in(group, by)
  for hex in group:gmatch('[^ ]+') do
    local character = tonumber(hex, 16)
    wanted[character] = true
    for cut, font in pairs(by) do
      rules[cut] = rules[cut] or {}
      rules[cut][character] = font
    end
  end
end
-- Of the large East Asian fonts, TeX is given the text's own characters alone, and the loader is kept from going
-- through sixty thousand glyphs again in each further size. One glyph may serve several characters there (an
-- ellipsis and a row of dots, a Han character and a radical): the copied text gets ours.
local latest
local function thin(full, keys)
  local few = {}
  for key in pairs(keys) do few[key] = full[key] end
  return setmetatable(few, {__index = full, __len = function() return rawlen(full) end})
end
local function make_thin(shared)
  local gids = {}
  for character in pairs(wanted) do
    local gid = shared.unicodes[character]
    if gid then gids[gid] = true end
  end
  shared.glyphs, shared.unicodes, shared.fascicle = thin(shared.glyphs, gids), thin(shared.unicodes, wanted), true
end
-- At the end the loader would hand over each glyph that was used once more, under a number beyond a million, and TeX,
-- which goes through all numbers up to the last, would take a tenth of the time of a short text for it. Ours have
-- their characters already, but for those that shaping has brought in.
local thinned = {}
local function finish()
  for _, one in ipairs(thinned) do
    local late = {}
    for code, character in next, one.tfm.characters do
      if code >= one.shared.gid_offset then
        local glyph = one.shared.glyphs[character.index]
        character.tounicode = glyph.tounicode or one.shared.nominals[character.index] or 'FFFD'
        late[code] = character
      end
    end
    if next(late) then font.addcharacters(one.number, {characters = late}) end
    one.tfm.hb = nil
  end
end
local function before_the_loader()
  for _, description in ipairs(luatexbase.callback_descriptions('finish_pdffile')) do
    if description == 'luaotfload.harf.finalize_unicode' then
      local loaders = luatexbase.remove_from_callback('finish_pdffile', description)
      luatexbase.add_to_callback('finish_pdffile', finish, 'fascicle.finish')
      luatexbase.add_to_callback('finish_pdffile', loaders, description)
    end
  end
end
local function keep_wanted(tfm)
  if not tfm or type(tfm) == 'number' or not tfm.hb or not (tfm.psname or ''):find('CJK', 1, true) then return end
  local shared, scale, kept, holder = tfm.hb.shared, tfm.hb.scale, {}, {tfm = tfm, shared = tfm.hb.shared}
  if not shared.fascicle then make_thin(shared) end
  if not next(thinned) then before_the_loader() end
  table.insert(thinned, holder)
  local offset = shared.gid_offset
  for character in pairs(wanted) do
    local glyph = tfm.characters[character]
    if glyph then
      kept[character] = glyph
      glyph.tounicode = character
    end
  end
  -- A glyph that shaping brings in without a character of its own is handed over late.
  tfm.characters = setmetatable(kept, {__index = function(known, code)
    local gid = code < offset and shared.unicodes[code] or code - offset
    local glyph = shared.glyphs[gid]
    if not glyph then return nil end
    local scaled = {index = gid, width = glyph.width * scale, height = glyph.height * scale,
      depth = glyph.depth * scale, italic = glyph.italic * scale}
    rawset(known, code, scaled)
    if holder.number then font.addcharacters(holder.number, {characters = {[code] = scaled}}) end
    return scaled
  end})
  latest = holder
end
luatexbase.add_to_callback('luaotfload.patch_font_unsafe', keep_wanted, 'fascicle.keep_wanted')
local opened = {}
local function open(specification, size)
  local key = specification .. '@' .. size
  if opened[key] == nil then
    latest = nil
    local found = luaotfload.define_font(specification, size)
    if type(found) == 'table' then
      local number = font.define(found)
      fonts.definers.register(found, number)
      found = number
    end
    if latest then latest.number = found end
    opened[key] = found or false
  end
  return opened[key]
end
-- Signs that Latin and East Asian scripts share take East Asian shapes where the text's language asks for them.
local shared = {}
for _, character in ipairs {0xb7, 0x2014, 0x2018, 0x2019, 0x201c, 0x201d, 0x2026} do shared[character] = true end
local function substitutes(number)
  local cut = font.getfont(number)
  local rule = cut and cut.filename and rules[cut.filename:match('[^/]*$')]
  if not rule then return false end
  return setmetatable({}, {__index = function(known, character)
    local stand_in = rule[character]
    local found = stand_in and (shared[character] or not cut.characters[character])
      and open(stand_in[1], math.floor(cut.size * stand_in[2] + 0.5)) or false
    rawset(known, character, found)
    return found
  end})
end
-- Full-width signs hold a blank half. All of it is taken away at the edges of paragraphs and boxes, and part of it
-- beside Latin letters, spaces and other such signs: by a kern before an opening sign, after a closing one. Were
-- it all taken, the glyphs' full-width boxes would overlap, and programs that read a PDF would mix up their order.
local blank = {}
function fascicle.full_width(opening, closing)
  for hex in opening:gmatch('[^ ]+') do blank[tonumber(hex, 16)] = 'before' end
  for hex in closing:gmatch('[^ ]+') do blank[tonumber(hex, 16)] = 'after' end
end
local known = {}
local direct = node.direct
local glyph, kern, glue, penalty = node.id 'glyph', node.id 'kern', node.id 'glue', node.id 'penalty'
local boundary, whatsit, disc = node.id 'boundary', node.id 'whatsit', node.id 'disc'
local function solid(item, step)
  while item do
    local kind = direct.getid(item)
    local thin = kind == penalty or kind == whatsit or kind == boundary or kind == disc
      or kind == glue and direct.getwidth(item) == 0 and direct.getfield(item, 'stretch_order') == 0
    if not thin then return item, kind end
    item = step(item)
  end
end
-- Other East Asian characters leave a sign its blank half; of two blanks that meet, the opening sign gives up its own.
local function wide(item, kind, side)
  if not (kind == glyph) then return false end
  local character = direct.getchar(item)
  if blank[character] then return side == 'after' and blank[character] == 'before' end
  return character > 0x2e7f
end
local function squeeze(head, item, side)
  local step = side == 'before' and direct.getprev or direct.getnext
  local beside, kind = solid(step(item), step)
  if beside and wide(beside, kind, side) then return head end
  local share = not beside and 2 or kind == glue and 8 or 4
  local half = direct.new(kern, 0)
  direct.setkern(half, -math.floor(font.getfont(direct.getfont(item)).size / share))
  if side == 'before' then return (direct.insert_before(head, item, half)) end
  return (direct.insert_after(head, item, half))
end
-- Between two Latin letters the sign is an apostrophe, whatever language surrounds the word.
local function letter(item)
  local character = item and direct.getid(item) == glyph and direct.getchar(item) or 0
  return character > 0x40 and character < 0x250
end
local function apostrophe(item, character)
  return character == 0x2019 and letter(direct.getprev(item)) and letter(direct.getnext(item))
end
local getattribute, setfont = direct.get_attribute, direct.setfont
local ignorable = {[0x200c] = true, [0x200d] = true, [0xfe0e] = true, [0xfe0f] = true}
for _, space in ipairs {0x20, 0xa0} do wanted[space] = true end
-- What joins or parts two letters belongs to the font of the letter before it, which alone can obey it.
local joiner = {[0x200c] = true, [0x200d] = true}
local function joins(item, character)
  local before = joiner[character] and direct.getprev(item)
  local number = before and direct.getid(before) == glyph and direct.getfont(before)
  if not number or not font.getfont(number).characters[character] then return false end
  setfont(item, number)
  return true
end
local function set_stand_ins(head)
  head = direct.todirect(head)
  local asian = luatexbase.attributes['fascicleasian']
  local useless, signs = {}, {}
  for item, character, number in direct.traverse_char(head) do
    local found = known[number]
    if found == nil then
      found = substitutes(number)
      known[number] = found
    end
    local other = found and (not shared[character] or getattribute(item, asian) == 1 and not apostrophe(item, character))
      and found[character]
    if other then
      setfont(item, other)
      if blank[character] then table.insert(signs, {item, blank[character]}) end
    elseif ignorable[character] and not joins(item, character) and not font.getfont(number).characters[character] then
      table.insert(useless, item)
    end
  end
  for _, item in ipairs(useless) do
    head = direct.remove(head, item)
    direct.free(item)
  end
  for _, sign in ipairs(signs) do head = squeeze(head, sign[1], sign[2]) end
  return direct.tonode(head)
end
luatexbase.add_to_callback('pre_shaping_filter', set_stand_ins, 'fascicle.stand_ins')
