"""What every other room stands on.

Diagnostics, the model of the project's files, identifiers, events.
"""
