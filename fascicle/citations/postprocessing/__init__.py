"""The engine's words put right before they enter the tree."""
