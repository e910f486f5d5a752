noinst_LTLIBRARIES += fcgi/work/libwork.la
fcgi_work_libwork_la_CPPFLAGS = $(AM_CPPFLAGS) $(MAGIC_CFLAGS)
fcgi_work_libwork_la_SOURCES = \
  fcgi/work/paper.c \
  fcgi/work/case.c \
  fcgi/work/desk.c
