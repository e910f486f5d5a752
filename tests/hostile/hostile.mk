# A plugin that crashes, hangs and leaks, for tests/http/d_hostile.py; it is
# built for tests alone and never installed.
check_LTLIBRARIES += tests/hostile/hostile.la
tests_hostile_hostile_la_SOURCES = tests/hostile/hostile.c
tests_hostile_hostile_la_CPPFLAGS = $(AM_CPPFLAGS)
tests_hostile_hostile_la_CFLAGS = $(AM_CFLAGS) -O0 -Wno-unused-result
tests_hostile_hostile_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version \
  -rpath /nowhere
