# Unit tests of people.
PEOPLE_TESTS = tests/unit/test-crypto tests/unit/test-key \
  tests/unit/test-session tests/unit/test-password tests/unit/test-perm \
  tests/unit/test-audit tests/unit/test-resume tests/unit/test-account
check_PROGRAMS += $(PEOPLE_TESTS)
PEOPLE_FLAGS = $(AM_CPPFLAGS) -DBZ_TOP='"$(abs_top_srcdir)"'
PEOPLE_LIBS = fcgi/people/libpeople.la $(TEST_LIBS) $(TEST_LIBS)
PEOPLE_FIXTURE = tests/unit/people.c tests/unit/people.h

tests_unit_test_crypto_SOURCES = tests/unit/test-crypto.c
tests_unit_test_crypto_CPPFLAGS = $(PEOPLE_FLAGS)
tests_unit_test_crypto_LDADD = $(PEOPLE_LIBS)
tests_unit_test_key_SOURCES = tests/unit/test-key.c $(PEOPLE_FIXTURE)
tests_unit_test_key_CPPFLAGS = $(PEOPLE_FLAGS)
tests_unit_test_key_LDADD = $(PEOPLE_LIBS)
tests_unit_test_session_SOURCES = tests/unit/test-session.c $(PEOPLE_FIXTURE)
tests_unit_test_session_CPPFLAGS = $(PEOPLE_FLAGS)
tests_unit_test_session_LDADD = $(PEOPLE_LIBS)
tests_unit_test_password_SOURCES = tests/unit/test-password.c $(PEOPLE_FIXTURE)
tests_unit_test_password_CPPFLAGS = $(PEOPLE_FLAGS)
tests_unit_test_password_LDADD = $(PEOPLE_LIBS)
tests_unit_test_perm_SOURCES = tests/unit/test-perm.c $(PEOPLE_FIXTURE)
tests_unit_test_perm_CPPFLAGS = $(PEOPLE_FLAGS)
tests_unit_test_perm_LDADD = $(PEOPLE_LIBS)
tests_unit_test_audit_SOURCES = tests/unit/test-audit.c $(PEOPLE_FIXTURE)
tests_unit_test_audit_CPPFLAGS = $(PEOPLE_FLAGS)
tests_unit_test_audit_LDADD = $(PEOPLE_LIBS)
tests_unit_test_resume_SOURCES = tests/unit/test-resume.c $(PEOPLE_FIXTURE)
tests_unit_test_resume_CPPFLAGS = $(PEOPLE_FLAGS)
tests_unit_test_resume_LDADD = $(PEOPLE_LIBS)
tests_unit_test_account_SOURCES = tests/unit/test-account.c $(PEOPLE_FIXTURE)
tests_unit_test_account_CPPFLAGS = $(PEOPLE_FLAGS)
tests_unit_test_account_LDADD = $(PEOPLE_LIBS)
