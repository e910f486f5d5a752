# Fuzz targets.  Here replay.c runs each over its corpus; tests/fuzz/run builds
# them with libFuzzer in its place (FUZZ_LINK, BZ_LIBFUZZER).
FUZZ_LINK =
FUZZ_FLAGS = $(AM_CPPFLAGS) -DBZ_TESTS='"$(abs_top_srcdir)/tests"'
FUZZ_COMMON = tests/fuzz/replay.c tests/fuzz/fuzz.c tests/fuzz/fuzz.h
FUZZ_SAMPLE = tests/unit/sample.c tests/unit/sample.h
FUZZ_TARGETS = \
  tests/fuzz/replay-multipart \
  tests/fuzz/replay-urlencoded \
  tests/fuzz/replay-fastcgi \
  tests/fuzz/replay-headers \
  tests/fuzz/replay-fields \
  tests/fuzz/replay-definitions \
  tests/fuzz/replay-xpath \
  tests/fuzz/replay-csv \
  tests/fuzz/replay-conf \
  tests/fuzz/replay-paper \
  tests/fuzz/replay-tokens
check_PROGRAMS += $(FUZZ_TARGETS)
fuzz-programs: $(FUZZ_TARGETS)
.PHONY: fuzz-programs

tests_fuzz_replay_multipart_SOURCES = tests/fuzz/fuzz-multipart.c $(FUZZ_COMMON)
tests_fuzz_replay_multipart_CPPFLAGS = $(FUZZ_FLAGS)
tests_fuzz_replay_multipart_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_replay_multipart_LDADD = $(TEST_LIBS)
tests_fuzz_replay_urlencoded_SOURCES = tests/fuzz/fuzz-urlencoded.c $(FUZZ_COMMON)
tests_fuzz_replay_urlencoded_CPPFLAGS = $(FUZZ_FLAGS)
tests_fuzz_replay_urlencoded_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_replay_urlencoded_LDADD = $(TEST_LIBS)
tests_fuzz_replay_fastcgi_SOURCES = tests/fuzz/fuzz-fastcgi.c $(FUZZ_COMMON)
tests_fuzz_replay_fastcgi_CPPFLAGS = $(FUZZ_FLAGS)
tests_fuzz_replay_fastcgi_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_replay_fastcgi_LDADD = $(TEST_LIBS)
tests_fuzz_replay_headers_SOURCES = tests/fuzz/fuzz-headers.c $(FUZZ_COMMON)
tests_fuzz_replay_headers_CPPFLAGS = $(FUZZ_FLAGS)
tests_fuzz_replay_headers_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_replay_headers_LDADD = $(TEST_LIBS)
tests_fuzz_replay_fields_SOURCES = tests/fuzz/fuzz-fields.c $(FUZZ_COMMON) \
  $(FUZZ_SAMPLE) staffing/idno.c
tests_fuzz_replay_fields_CPPFLAGS = $(FUZZ_FLAGS)
tests_fuzz_replay_fields_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_replay_fields_LDADD = $(TEST_LIBS)
tests_fuzz_replay_definitions_SOURCES = tests/fuzz/fuzz-definitions.c $(FUZZ_COMMON) \
  $(FUZZ_SAMPLE)
tests_fuzz_replay_definitions_CPPFLAGS = $(FUZZ_FLAGS)
tests_fuzz_replay_definitions_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_replay_definitions_LDADD = $(TEST_LIBS)
tests_fuzz_replay_xpath_SOURCES = tests/fuzz/fuzz-xpath.c $(FUZZ_COMMON)
tests_fuzz_replay_xpath_CPPFLAGS = $(FUZZ_FLAGS)
tests_fuzz_replay_xpath_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_replay_xpath_LDADD = $(TEST_LIBS)
tests_fuzz_replay_csv_SOURCES = tests/fuzz/fuzz-csv.c $(FUZZ_COMMON) \
  staffing/csv.c staffing/csv.h
tests_fuzz_replay_csv_CPPFLAGS = $(FUZZ_FLAGS)
tests_fuzz_replay_csv_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_replay_csv_LDADD = $(TEST_LIBS)
tests_fuzz_replay_conf_SOURCES = tests/fuzz/fuzz-conf.c $(FUZZ_COMMON)
tests_fuzz_replay_conf_CPPFLAGS = $(FUZZ_FLAGS)
tests_fuzz_replay_conf_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_replay_conf_LDADD = $(TEST_LIBS)
tests_fuzz_replay_paper_SOURCES = tests/fuzz/fuzz-paper.c $(FUZZ_COMMON)
tests_fuzz_replay_paper_CPPFLAGS = $(FUZZ_FLAGS)
tests_fuzz_replay_paper_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_replay_paper_LDADD = $(TEST_LIBS)
tests_fuzz_replay_tokens_SOURCES = tests/fuzz/fuzz-tokens.c $(FUZZ_COMMON) \
  $(FUZZ_SAMPLE)
tests_fuzz_replay_tokens_CPPFLAGS = $(FUZZ_FLAGS)
tests_fuzz_replay_tokens_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK)
tests_fuzz_replay_tokens_LDADD = $(TEST_LIBS)

EXTRA_DIST += tests/fuzz/run \
  tests/fuzz/corpus-multipart \
  tests/fuzz/corpus-urlencoded \
  tests/fuzz/corpus-fastcgi \
  tests/fuzz/corpus-headers \
  tests/fuzz/corpus-fields \
  tests/fuzz/corpus-definitions \
  tests/fuzz/corpus-xpath \
  tests/fuzz/corpus-csv \
  tests/fuzz/corpus-conf \
  tests/fuzz/corpus-paper \
  tests/fuzz/corpus-tokens
