-- Hangs small signs a little into the margin and lets letters widen or narrow by a fiftieth to even out spaces.
-- The values are shares of each sign's own width. Read by fonts.py as fallback.lua is.
local hang = {factor = 1, left = 1, right = 1}
for character, sides in pairs {
  [0x2c] = {0, 0.6}, [0x2e] = {0, 0.6}, [0x3a] = {0, 0.35}, [0x3b] = {0, 0.35}, [0x2d] = {0, 0.6},
  [0xad] = {0, 0.6}, [0x2010] = {0, 0.6}, [0x2013] = {0.2, 0.3}, [0x2014] = {0.12, 0.2},
  [0x2018] = {0.6, 0.6}, [0x2019] = {0.6, 0.6}, [0x201c] = {0.45, 0.45}, [0x201d] = {0.45, 0.45},
  [0x201a] = {0.4, 0.4}, [0x201e] = {0.4, 0.4}, [0xab] = {0.25, 0.25}, [0xbb] = {0.25, 0.25},
  [0x28] = {0.08, 0}, [0x29] = {0, 0.08}, [0x21] = {0, 0.12}, [0x3f] = {0, 0.12},
  [0x41] = {0.04, 0.04}, [0x54] = {0.05, 0.05}, [0x56] = {0.05, 0.05}, [0x57] = {0.05, 0.05},
  [0x59] = {0.05, 0.05}, [0x72] = {0, 0.04}, [0x76] = {0.04, 0.04}, [0x77] = {0.04, 0.04}, [0x79] = {0.04, 0.05}
} do hang[character] = sides end
fonts.protrusions.setups['fascicle'] = hang
fonts.expansions.setups['fascicle'] = {stretch = 2, shrink = 2, step = 0.5, factor = 1}
