# Unit tests of serve.  The rooms around it are stand-ins (serve-stub.c), so
# that dispatch is tested by what it asks of them and in which order.
check_PROGRAMS += tests/unit/test-req tests/unit/test-conf \
  tests/unit/test-clock tests/unit/test-route tests/unit/test-dispatch \
  tests/unit/test-fastcgi tests/unit/test-render tests/unit/test-board \
  tests/unit/test-schedule tests/unit/test-sandbox
SERVE_STUB = tests/unit/serve-stub.c tests/unit/serve-stub.h
tests_unit_test_req_SOURCES = tests/unit/test-req.c
tests_unit_test_req_LDADD = $(TEST_LIBS)
tests_unit_test_conf_SOURCES = tests/unit/test-conf.c
tests_unit_test_conf_CPPFLAGS = $(AM_CPPFLAGS) -DBZ_TOP='"$(abs_top_srcdir)"'
tests_unit_test_conf_LDADD = $(TEST_LIBS)
tests_unit_test_clock_SOURCES = tests/unit/test-clock.c
tests_unit_test_clock_LDADD = $(TEST_LIBS)
tests_unit_test_route_SOURCES = tests/unit/test-route.c $(SERVE_STUB)
tests_unit_test_route_LDADD = $(TEST_LIBS)
tests_unit_test_dispatch_SOURCES = tests/unit/test-dispatch.c $(SERVE_STUB)
tests_unit_test_dispatch_LDADD = $(TEST_LIBS)
tests_unit_test_fastcgi_SOURCES = tests/unit/test-fastcgi.c
tests_unit_test_fastcgi_LDADD = $(TEST_LIBS)
tests_unit_test_board_SOURCES = tests/unit/test-board.c $(SERVE_STUB)
tests_unit_test_board_LDADD = $(TEST_LIBS)
tests_unit_test_schedule_SOURCES = tests/unit/test-schedule.c
tests_unit_test_schedule_LDADD = $(TEST_LIBS)
tests_unit_test_sandbox_SOURCES = tests/unit/test-sandbox.c
tests_unit_test_sandbox_CPPFLAGS = $(AM_CPPFLAGS) $(SECCOMP_CFLAGS) \
  -DBZ_SRC='"$(abs_top_srcdir)"'
tests_unit_test_sandbox_LDADD = $(TEST_LIBS)
tests_unit_test_render_SOURCES = tests/unit/test-render.c
tests_unit_test_render_LDADD = $(TEST_LIBS)
