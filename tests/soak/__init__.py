"""`make soak`: the long forms of what `make test` holds in short, with a table for docs/reliability.md."""
