"""Works that are cited by an identifier alone, looked up in the registries that give it out."""
