"""The publication described for catalogues, registries and those who cite it."""
