"""核稿: a draft held against the library."""
