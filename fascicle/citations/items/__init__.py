"""Works as CSL items: names, dates, containers, publishers, titles."""
