# Unit tests of staffing: its own files over a stub of the platform, so they
# need no other room.
STAFFING_TESTS = tests/unit/test-idno tests/unit/test-quota \
  tests/unit/test-person tests/unit/test-codes
check_PROGRAMS += $(STAFFING_TESTS)
STAFFING_FLAGS = $(AM_CPPFLAGS) -DBZ_TOP='"$(abs_top_srcdir)"' \
  -DBZ_DATA='"$(abs_top_srcdir)/tests/data"' \
  -DBZ_CODES='"$(abs_top_srcdir)/sql/codes"'
STAFFING_STUB = tests/unit/staffing-stub.c tests/unit/staffing-stub.h \
  staffing/csv.c staffing/csv.h

tests_unit_test_idno_SOURCES = tests/unit/test-idno.c staffing/idno.c \
  $(STAFFING_STUB)
tests_unit_test_idno_CPPFLAGS = $(STAFFING_FLAGS)
tests_unit_test_idno_LDADD = $(GLIB_LIBS)
tests_unit_test_quota_SOURCES = tests/unit/test-quota.c staffing/quota.c staffing/paper.c staffing/employment.c staffing/duty.c \
  $(STAFFING_STUB)
tests_unit_test_quota_CPPFLAGS = $(STAFFING_FLAGS)
tests_unit_test_quota_LDADD = $(GLIB_LIBS)
tests_unit_test_person_SOURCES = tests/unit/test-person.c staffing/person.c staffing/local.c \
  staffing/qualification.c staffing/employment.c staffing/duty.c staffing/quota.c \
  staffing/idno.c $(STAFFING_STUB)
tests_unit_test_person_CPPFLAGS = $(STAFFING_FLAGS)
tests_unit_test_person_LDADD = $(GLIB_LIBS)
tests_unit_test_codes_SOURCES = tests/unit/test-codes.c staffing/csv.c \
  staffing/pinyin.c staffing/csv.h staffing/pinyin.h
tests_unit_test_codes_CPPFLAGS = $(STAFFING_FLAGS)
tests_unit_test_codes_LDADD = $(GLIB_LIBS)
