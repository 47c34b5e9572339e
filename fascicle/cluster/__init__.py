"""Publications built on many machines: their sources travel by content to the workers of dask.distributed."""
