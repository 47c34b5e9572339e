"""The live preview: what a watched edition looks like, shown in the browser of the person who writes it."""
