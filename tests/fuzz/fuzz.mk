# Fuzz targets.  With clang, tests/fuzz/run builds fuzz-NAME; everywhere
# replay-NAME runs the same target over its corpus.
check_PROGRAMS += tests/fuzz/replay-multipart tests/fuzz/replay-urlencoded
EXTRA_PROGRAMS = tests/fuzz/fuzz-multipart tests/fuzz/fuzz-urlencoded
FUZZ_LIBS = $(TEST_LIBS)
FUZZ_ENGINE = -fsanitize=fuzzer

tests_fuzz_replay_multipart_SOURCES = tests/fuzz/replay.c \
  tests/fuzz/fuzz-multipart.c
tests_fuzz_replay_multipart_CPPFLAGS = $(AM_CPPFLAGS) \
  -DFUZZ_NAME='"multipart"' \
  -DFUZZ_CORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus-multipart"'
tests_fuzz_replay_multipart_LDADD = fcgi/serve/libserve.la $(GLIB_LIBS)

tests_fuzz_replay_urlencoded_SOURCES = tests/fuzz/replay.c \
  tests/fuzz/fuzz-urlencoded.c
tests_fuzz_replay_urlencoded_CPPFLAGS = $(AM_CPPFLAGS) \
  -DFUZZ_NAME='"urlencoded"' \
  -DFUZZ_CORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus-urlencoded"'
tests_fuzz_replay_urlencoded_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_multipart_SOURCES = tests/fuzz/fuzz-multipart.c
tests_fuzz_fuzz_multipart_CPPFLAGS = $(AM_CPPFLAGS)
tests_fuzz_fuzz_multipart_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_ENGINE)
tests_fuzz_fuzz_multipart_LDADD = fcgi/serve/libserve.la $(GLIB_LIBS)

tests_fuzz_fuzz_urlencoded_SOURCES = tests/fuzz/fuzz-urlencoded.c
tests_fuzz_fuzz_urlencoded_CPPFLAGS = $(AM_CPPFLAGS)
tests_fuzz_fuzz_urlencoded_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_ENGINE)
tests_fuzz_fuzz_urlencoded_LDADD = $(FUZZ_LIBS)

EXTRA_DIST += tests/fuzz/run tests/fuzz/corpus-multipart \
  tests/fuzz/corpus-urlencoded
