noinst_LTLIBRARIES += fcgi/show/libshow.la
fcgi_show_libshow_la_CPPFLAGS = $(AM_CPPFLAGS) $(XSLT_CFLAGS) $(PANGO_CFLAGS) \
  $(QR_CFLAGS) $(ZIP_CFLAGS)
fcgi_show_libshow_la_SOURCES = \
  fcgi/show/table.c fcgi/show/pdf.c \
  fcgi/show/qr.c \
  fcgi/show/workbook.c \
  fcgi/show/stylesheet.c \
  fcgi/show/view.c \
  fcgi/show/html.c \
  fcgi/show/page.c \
  fcgi/show/offer.c \
  fcgi/show/pages.c
