"""A file each: NAME, and `rows(scratch)` that gives soak.table.Row and raises AssertionError when a promise is broken."""
