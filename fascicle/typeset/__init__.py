"""Step 5: run LuaLaTeX and biber until nothing changes, and read what they say."""
