"""An edition followed while its author writes: the watcher and the preview."""
