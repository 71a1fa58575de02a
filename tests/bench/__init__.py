"""`make bench`: what Youju costs in time, memory and space, and how that grows with the library."""
