# Unit tests of people.
