"""Step 5: run LuaLaTeX until nothing changes, and read what they say."""
