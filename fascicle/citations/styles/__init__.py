"""Citation styles: found by name, read as XML, made ready for the engine."""
