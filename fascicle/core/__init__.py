"""What every other room stands on: diagnostics, the model of the project's files, identifiers, events."""
