# Unit tests of staffing.
