# Unit tests of plugins/entry: its pure rules.
check_PROGRAMS += tests/unit/test-entry
tests_unit_test_entry_SOURCES = tests/unit/test-entry.c plugins/entry/rules.c
tests_unit_test_entry_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins/entry
tests_unit_test_entry_LDADD = $(GLIB_LIBS)
check_PROGRAMS += tests/unit/test-age
tests_unit_test_age_SOURCES = tests/unit/test-age.c plugins/entry/age.c \
  staffing/csv.c staffing/csv.h
tests_unit_test_age_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins/entry \
  -DBZ_CODES='"$(abs_top_srcdir)/sql/codes"'
tests_unit_test_age_LDADD = $(GLIB_LIBS)
