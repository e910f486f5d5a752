# Unit tests of cases.  What other rooms do for them stands in the tests
# themselves, so that only the objects under test are linked.
check_PROGRAMS += tests/unit/test-work tests/unit/test-move
tests_unit_test_work_SOURCES = tests/unit/test-work.c
tests_unit_test_work_CPPFLAGS = $(AM_CPPFLAGS) -DBZ_SRC='"$(abs_top_srcdir)"'
tests_unit_test_work_LDADD = $(TEST_LIBS)
tests_unit_test_move_SOURCES = tests/unit/test-move.c
tests_unit_test_move_CPPFLAGS = $(AM_CPPFLAGS) -DBZ_SRC='"$(abs_top_srcdir)"'
tests_unit_test_move_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/unit/test-checkcode
tests_unit_test_checkcode_SOURCES = tests/unit/test-checkcode.c
tests_unit_test_checkcode_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/unit/test-setting
tests_unit_test_setting_SOURCES = tests/unit/test-setting.c \
  $(DEFINE_FIXTURE)
tests_unit_test_setting_CPPFLAGS = $(DEFINE_FLAGS)
tests_unit_test_setting_LDADD = $(TEST_LIBS)
