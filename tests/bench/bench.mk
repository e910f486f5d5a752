# Instruments of tests/bench/run: built for it alone, never installed.
EXTRA_PROGRAMS += tests/bench/string
tests_bench_string_SOURCES = tests/bench/string.c
# As libdb: mysql.h before poison.h.
tests_bench_string_CPPFLAGS = $(MARIADB_CFLAGS) -include mysql.h $(AM_CPPFLAGS) $(FCGI_CFLAGS)
tests_bench_string_LDADD = $(BZ_LIBS)
CLEANFILES += tests/bench/string

# By hand: needs tools/install-packages bench, and some minutes.
bench: all tests/bench/string
	BZ_TOP='$(abs_top_srcdir)' BZ_BUILD='$(abs_top_builddir)' \
	  $(top_srcdir)/tests/bench/run $(BENCH)
.PHONY: bench
