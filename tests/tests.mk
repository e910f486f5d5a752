# Unit tests speak TAP (g_test); tests/run counts them.  One fragment a room,
# so that each says which objects it needs.
# All rooms in one archive, because libtool names each archive only once and the
# rooms need each other.
check_LTLIBRARIES = tests/libparts.la
tests_libparts_la_SOURCES = fcgi/empty.c
tests_libparts_la_LIBADD = $(BZ_PARTS)
TEST_LIBS = tests/libparts.la $(BZ_LIBS)
include tests/unit/data.mk
include tests/unit/define.mk
include tests/unit/people.mk
include tests/unit/serve.mk
include tests/unit/show.mk
include tests/unit/staffing.mk
include tests/unit/work.mk
include tests/unit/entry.mk
include tests/unit/exit.mk
include tests/unit/input.mk
include tests/unit/paper.mk
include tests/fuzz/fuzz.mk
include tests/abi/abi.mk
include tests/hostile/hostile.mk
include tests/history/history.mk
include tests/bench/bench.mk

# For tests/run: build them all, and say which they are.
check-programs: $(check_PROGRAMS) $(check_LTLIBRARIES)
check-list:
	@echo $(check_PROGRAMS)
.PHONY: check-programs check-list
