# Unit tests of plugins/exit, and of how the staffing floor ends an employment.
check_PROGRAMS += tests/unit/test-term tests/unit/test-leave
tests_unit_test_term_SOURCES = tests/unit/test-term.c plugins/exit/term.c
tests_unit_test_term_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins/exit
tests_unit_test_term_LDADD = $(GLIB_LIBS)
tests_unit_test_leave_SOURCES = tests/unit/test-leave.c staffing/exit.c \
  staffing/employment.c staffing/duty.c staffing/quota.c $(STAFFING_STUB)
tests_unit_test_leave_CPPFLAGS = $(STAFFING_FLAGS)
tests_unit_test_leave_LDADD = $(GLIB_LIBS)
