noinst_LTLIBRARIES += fcgi/define/libdefine.la
fcgi_define_libdefine_la_CPPFLAGS = $(AM_CPPFLAGS) 
fcgi_define_libdefine_la_SOURCES = \
  fcgi/define/pack.c \
  fcgi/define/plugin.c \
  fcgi/define/dict.c \
  fcgi/define/code.c \
  fcgi/define/form.c \
  fcgi/define/process.c \
  fcgi/define/business.c
