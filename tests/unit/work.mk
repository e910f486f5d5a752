# Unit tests of cases.  Objects are taken from the archives only where a test
# needs them; the list stands twice because the rooms need each other.
check_PROGRAMS += tests/unit/test-work tests/unit/test-move
WORK_LIBS = fcgi/work/libwork.la $(BZ_PARTS) fcgi/work/libwork.la $(BZ_PARTS) \
  $(BZ_LIBS)
tests_unit_test_work_SOURCES = tests/unit/test-work.c
tests_unit_test_work_CPPFLAGS = $(AM_CPPFLAGS) -DBZ_SRC='"$(abs_top_srcdir)"'
tests_unit_test_work_LDADD = $(WORK_LIBS)
tests_unit_test_move_SOURCES = tests/unit/test-move.c
tests_unit_test_move_CPPFLAGS = $(AM_CPPFLAGS) -DBZ_SRC='"$(abs_top_srcdir)"'
tests_unit_test_move_LDADD = $(WORK_LIBS)
