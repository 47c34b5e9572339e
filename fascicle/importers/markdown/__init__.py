"""The Markdown of other programs: front matter, chunks of code, directives, links of wikis."""
