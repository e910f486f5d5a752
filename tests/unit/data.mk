# Unit tests of fcgi/data and of the code tables.
check_PROGRAMS += tests/unit/test-xml tests/unit/test-query \
  tests/unit/test-rows tests/unit/test-code tests/unit/test-db \
  tests/unit/test-db-live tests/unit/test-migrate tests/unit/test-pool
DATA_TEST_FLAGS = $(AM_CPPFLAGS) -DBZ_TOP='"$(abs_top_srcdir)"'
# libtool keeps the last of each archive: those who ask stand first.
DATA_TEST_LIBS = fcgi/data/libdata.la fcgi/people/libpeople.la \
  fcgi/serve/libserve.la $(BZ_LIBS)
tests_unit_test_xml_SOURCES = tests/unit/test-xml.c
tests_unit_test_xml_LDADD = fcgi/data/libdata.la $(BZ_LIBS)
tests_unit_test_pool_SOURCES = tests/unit/test-pool.c
tests_unit_test_pool_LDADD = fcgi/data/libdata.la $(BZ_LIBS)
tests_unit_test_query_SOURCES = tests/unit/test-query.c
tests_unit_test_query_CPPFLAGS = $(DATA_TEST_FLAGS)
tests_unit_test_query_LDADD = fcgi/data/libdata.la $(BZ_LIBS)
tests_unit_test_rows_SOURCES = tests/unit/test-rows.c
tests_unit_test_rows_LDADD = $(DATA_TEST_LIBS)
tests_unit_test_code_SOURCES = tests/unit/test-code.c
tests_unit_test_code_CPPFLAGS = $(DATA_TEST_FLAGS)
tests_unit_test_code_LDADD = fcgi/define/libdefine.la $(BZ_LIBS)
PRIVATE_DB = tests/unit/private-db.c tests/unit/private-db.h
tests_unit_test_db_SOURCES = tests/unit/test-db.c
tests_unit_test_db_CPPFLAGS = $(DATA_TEST_FLAGS)
tests_unit_test_db_LDADD = $(DATA_TEST_LIBS)
tests_unit_test_db_live_SOURCES = tests/unit/test-db-live.c $(PRIVATE_DB)
tests_unit_test_db_live_CPPFLAGS = $(DATA_TEST_FLAGS)
tests_unit_test_db_live_LDADD = $(DATA_TEST_LIBS)
tests_unit_test_migrate_SOURCES = tests/unit/test-migrate.c $(PRIVATE_DB)
tests_unit_test_migrate_CPPFLAGS = $(DATA_TEST_FLAGS)
tests_unit_test_migrate_LDADD = $(DATA_TEST_LIBS)

# What unit tests of plugins link with: the whole platform once more, and
# bz_test_... on top.  It stands before libbianzhi where both are linked.
lib_LTLIBRARIES += libbianzhitest.la
libbianzhitest_la_SOURCES = tests/lib/test.c
libbianzhitest_la_LIBADD = $(BZ_PARTS) $(BZ_LIBS)
libbianzhitest_la_LDFLAGS = $(AM_LDFLAGS) -version-info 0:0:0 -no-undefined
check_PROGRAMS += tests/unit/test-testlib
tests_unit_test_testlib_SOURCES = tests/unit/test-testlib.c
tests_unit_test_testlib_LDADD = libbianzhitest.la $(GLIB_LIBS)
