# Unit tests of papers.
