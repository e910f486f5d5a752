# The ground floor: libbianzhi.so out of one convenience library a folder, and
# a five-line main.  A convenience library goes in whole, so that a function
# that only plugins call is there too.
include fcgi/data/data.mk
include fcgi/define/define.mk
include fcgi/people/people.mk
include fcgi/serve/serve.mk
include fcgi/show/show.mk
include fcgi/work/work.mk

BZ_PARTS = fcgi/data/libdata.la fcgi/define/libdefine.la \
  fcgi/people/libpeople.la fcgi/serve/libserve.la fcgi/show/libshow.la \
  fcgi/work/libwork.la
BZ_LIBS = $(GLIB_LIBS) $(XML_LIBS) $(XSLT_LIBS) $(FCGI_LIBS) $(MARIADB_LIBS) \
  $(GNUTLS_LIBS) $(CRYPT_LIBS) $(MAGIC_LIBS) $(PIXBUF_LIBS) \
  $(PANGO_LIBS) $(QR_LIBS) $(ZIP_LIBS) $(SECCOMP_LIBS)

lib_LTLIBRARIES += libbianzhi.la
libbianzhi_la_SOURCES = fcgi/empty.c
libbianzhi_la_LIBADD = $(BZ_PARTS) $(BZ_LIBS)
libbianzhi_la_LDFLAGS = $(AM_LDFLAGS) -version-info 0:0:0 -no-undefined

sbin_PROGRAMS += bianzhi-fcgi
bianzhi_fcgi_SOURCES = fcgi/main.c
bianzhi_fcgi_LDADD = libbianzhi.la
