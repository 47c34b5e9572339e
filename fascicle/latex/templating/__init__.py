"""Jinja: environment, variables and the contract of a template."""
