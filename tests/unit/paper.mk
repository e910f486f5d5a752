# Unit tests of papers and packs.
check_PROGRAMS += tests/unit/test-paper
tests_unit_test_paper_SOURCES = tests/unit/test-paper.c
tests_unit_test_paper_LDADD = $(TEST_LIBS) $(TEST_LIBS)
