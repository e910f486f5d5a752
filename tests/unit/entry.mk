# Unit tests of plugins/entry: its pure rules.
check_PROGRAMS += tests/unit/test-entry
tests_unit_test_entry_SOURCES = tests/unit/test-entry.c plugins/entry/rules.c
tests_unit_test_entry_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins/entry
tests_unit_test_entry_LDADD = $(GLIB_LIBS)
