# Unit tests of fcgi/define.
DEFINE_TESTS = tests/unit/test-date tests/unit/test-expr tests/unit/test-form \
  tests/unit/test-form-page tests/unit/test-process tests/unit/test-business \
  tests/unit/test-defs tests/unit/test-overlay
check_PROGRAMS += $(DEFINE_TESTS)
# Objects are taken from the archives only where a test needs them; the list
# stands twice because the rooms need each other.
DEFINE_LIBS = fcgi/define/libdefine.la fcgi/data/libdata.la \
  fcgi/serve/libserve.la fcgi/data/libdata.la fcgi/serve/libserve.la $(BZ_LIBS)
DEFINE_FLAGS = $(AM_CPPFLAGS) -DBZ_TESTS='"$(abs_top_srcdir)/tests"'
DEFINE_FIXTURE = tests/unit/sample.c tests/unit/sample.h

tests_unit_test_date_SOURCES = tests/unit/test-date.c
tests_unit_test_date_LDADD = $(DEFINE_LIBS)
tests_unit_test_expr_SOURCES = tests/unit/test-expr.c
tests_unit_test_expr_LDADD = $(DEFINE_LIBS)
tests_unit_test_form_SOURCES = tests/unit/test-form.c $(DEFINE_FIXTURE)
tests_unit_test_form_CPPFLAGS = $(DEFINE_FLAGS)
tests_unit_test_form_LDADD = $(DEFINE_LIBS)
tests_unit_test_form_page_SOURCES = tests/unit/test-form-page.c \
  $(DEFINE_FIXTURE)
tests_unit_test_form_page_CPPFLAGS = $(DEFINE_FLAGS)
tests_unit_test_form_page_LDADD = $(DEFINE_LIBS)
tests_unit_test_process_SOURCES = tests/unit/test-process.c $(DEFINE_FIXTURE)
tests_unit_test_process_CPPFLAGS = $(DEFINE_FLAGS)
tests_unit_test_process_LDADD = $(DEFINE_LIBS)
tests_unit_test_business_SOURCES = tests/unit/test-business.c $(DEFINE_FIXTURE)
tests_unit_test_business_CPPFLAGS = $(DEFINE_FLAGS)
tests_unit_test_business_LDADD = $(DEFINE_LIBS)
tests_unit_test_overlay_SOURCES = tests/unit/test-overlay.c $(DEFINE_FIXTURE)
tests_unit_test_overlay_CPPFLAGS = $(DEFINE_FLAGS)
tests_unit_test_overlay_LDADD = $(DEFINE_LIBS)
tests_unit_test_defs_SOURCES = tests/unit/test-defs.c $(DEFINE_FIXTURE)
tests_unit_test_defs_CPPFLAGS = $(DEFINE_FLAGS)
tests_unit_test_defs_LDADD = $(DEFINE_LIBS)
