"""What `doctor` tries: outputs, journals, walls."""
