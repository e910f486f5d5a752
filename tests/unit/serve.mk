# Unit tests of serve.
