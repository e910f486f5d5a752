# Unit tests of entry.
