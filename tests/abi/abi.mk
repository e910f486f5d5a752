# The version mechanism of bianzhi/plugin.h: one plugin, built against the
# present header and against doctored copies of it.
check_LTLIBRARIES += tests/abi/sample.la tests/abi/newer.la \
  tests/abi/other.la tests/abi/older.la tests/abi/bare.la
ABI_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -rpath /nowhere
ABI_MADE = tests/abi/newer/bianzhi/plugin.h \
  tests/abi/other/bianzhi/plugin.h tests/abi/older/bianzhi/plugin.h
abi_header = $(top_srcdir)/include/bianzhi/plugin.h

tests_abi_sample_la_SOURCES = tests/abi/sample.c
tests_abi_sample_la_CPPFLAGS = $(AM_CPPFLAGS)
tests_abi_sample_la_LDFLAGS = $(ABI_LDFLAGS)

tests_abi_newer_la_SOURCES = tests/abi/sample.c
tests_abi_newer_la_CPPFLAGS = -Itests/abi/newer $(AM_CPPFLAGS)
tests_abi_newer_la_LDFLAGS = $(ABI_LDFLAGS)

tests_abi_other_la_SOURCES = tests/abi/sample.c
tests_abi_other_la_CPPFLAGS = -Itests/abi/other $(AM_CPPFLAGS)
tests_abi_other_la_LDFLAGS = $(ABI_LDFLAGS)

tests_abi_older_la_SOURCES = tests/abi/sample.c
tests_abi_older_la_CPPFLAGS = -Itests/abi/older $(AM_CPPFLAGS)
tests_abi_older_la_LDFLAGS = $(ABI_LDFLAGS)

tests_abi_bare_la_SOURCES = tests/abi/sample.c
tests_abi_bare_la_CPPFLAGS = $(AM_CPPFLAGS) -DSAMPLE_WITHOUT_ENTRY
tests_abi_bare_la_LDFLAGS = $(ABI_LDFLAGS)

# One more member, one more column, the next minor.
tests/abi/newer/bianzhi/plugin.h: $(abi_header)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && sed \
	  -e '/^#define BZ_API_MINOR/s/MINOR .*/MINOR 60000/' \
	  -e 's,^  /\* New fields go here.*,  int (*further) (void);,' \
	  -e '/^struct bz_route {/,/^};/s/^};/  int further;\n};/' $(abi_header) >$@
# Another major.
tests/abi/other/bianzhi/plugin.h: $(abi_header)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && sed \
	  -e '/^#define BZ_API_MAJOR/s/MAJOR .*/MAJOR 60000/' $(abi_header) >$@
# Two tables and one column fewer, an older minor.
tests/abi/older/bianzhi/plugin.h: $(abi_header)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && sed \
	  -e '/^#define BZ_API_MINOR/s/MINOR .*/MINOR 0/' \
	  -e '/BZ_TABLE (bz_command) /d' -e '/BZ_TABLE (bz_proof) /d' \
	  -e '/^  int (\*sheet) (/,/;/d' $(abi_header) >$@

$(tests_abi_newer_la_OBJECTS): tests/abi/newer/bianzhi/plugin.h
$(tests_abi_other_la_OBJECTS): tests/abi/other/bianzhi/plugin.h
$(tests_abi_older_la_OBJECTS): tests/abi/older/bianzhi/plugin.h
CLEANFILES += $(ABI_MADE)

check_PROGRAMS += tests/abi/test-abi
tests_abi_test_abi_SOURCES = tests/abi/test-abi.c
tests_abi_test_abi_CPPFLAGS = $(AM_CPPFLAGS) \
  -DABI_DIR='"$(abs_top_builddir)/tests/abi/.libs"'
tests_abi_test_abi_LDADD = fcgi/define/libdefine.la $(GLIB_LIBS)
tests_abi_test_abi_DEPENDENCIES = fcgi/define/libdefine.la \
  tests/abi/sample.la tests/abi/newer.la tests/abi/other.la \
  tests/abi/older.la tests/abi/bare.la
