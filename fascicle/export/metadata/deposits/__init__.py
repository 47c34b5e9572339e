"""Records of an issue and its articles for registries, catalogues and journal systems, a module each."""
