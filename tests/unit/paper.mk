# Unit tests of papers and packs.
check_PROGRAMS += tests/unit/test-paper
tests_unit_test_paper_SOURCES = tests/unit/test-paper.c
tests_unit_test_paper_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/unit/test-pack
tests_unit_test_pack_SOURCES = tests/unit/test-pack.c
tests_unit_test_pack_CPPFLAGS = $(AM_CPPFLAGS) \
  -DABI_DIR='"$(abs_top_builddir)/tests/abi/.libs"' \
  -DSOURCE_DIR='"$(abs_top_srcdir)"'
tests_unit_test_pack_LDADD = $(TEST_LIBS)
