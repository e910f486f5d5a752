# A plugin that plays histories of the quota book, for tests/history/run; it is
# built for tests alone and never installed.
check_LTLIBRARIES += tests/history/history.la
tests_history_history_la_SOURCES = tests/history/history.c
tests_history_history_la_LIBADD = libbianzhi-staffing.la libbianzhi.la $(GLIB_LIBS)
tests_history_history_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version \
  -rpath /nowhere
