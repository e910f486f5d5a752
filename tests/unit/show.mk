# Unit tests of show, and the tool that shows a page document as HTML.
check_PROGRAMS += tests/unit/test-view tests/unit/test-page tests/html/render
tests_unit_test_view_CPPFLAGS = $(AM_CPPFLAGS) -DSRCDIR='"$(abs_top_srcdir)"'
tests_unit_test_view_SOURCES = tests/unit/test-view.c tests/html/sample.c \
  tests/html/sample.h
tests_unit_test_view_LDADD = fcgi/show/libshow.la fcgi/data/libdata.la $(BZ_LIBS)
tests_unit_test_page_SOURCES = tests/unit/test-page.c
# Its own menu, rights and keys: no other library.
tests_unit_test_page_LDADD = fcgi/show/libshow.la fcgi/data/libdata.la $(BZ_LIBS)
tests_html_render_SOURCES = tests/html/render.c tests/html/sample.c
tests_html_render_LDADD = fcgi/show/libshow.la fcgi/data/libdata.la $(BZ_LIBS)
check_PROGRAMS += tests/unit/test-pdf
tests_unit_test_pdf_SOURCES = tests/unit/test-pdf.c
tests_unit_test_pdf_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/unit/test-pages
tests_unit_test_pages_SOURCES = tests/unit/test-pages.c
tests_unit_test_pages_LDADD = $(TEST_LIBS)
