# Unit tests of define.
