# Unit tests of show.
