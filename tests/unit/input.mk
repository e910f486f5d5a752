# Unit tests of the input gate.
check_PROGRAMS += tests/unit/test-multipart tests/unit/test-input
tests_unit_test_multipart_SOURCES = tests/unit/test-multipart.c
tests_unit_test_multipart_LDADD = fcgi/serve/libserve.la $(GLIB_LIBS)
tests_unit_test_input_SOURCES = tests/unit/test-input.c
tests_unit_test_input_LDADD = $(TEST_LIBS)
