# Unit tests of fcgi/data.  Pattern for the others:
# check_PROGRAMS += tests/unit/test-xml
# tests_unit_test_xml_SOURCES = tests/unit/test-xml.c
# tests_unit_test_xml_LDADD = fcgi/data/libdata.la ... $(BZ_LIBS)
