"""Step 2, third part: every citation, note and list of works worded once, by CSL, as nodes of the tree."""
