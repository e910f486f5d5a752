noinst_LTLIBRARIES += fcgi/serve/libserve.la
fcgi_serve_libserve_la_CPPFLAGS = $(AM_CPPFLAGS) $(FCGI_CFLAGS)
fcgi_serve_libserve_la_SOURCES = \
  fcgi/serve/app.c \
  fcgi/serve/req.c \
  fcgi/serve/input.c \
  fcgi/serve/multipart.c \
  fcgi/serve/arena.c \
  fcgi/serve/conf.c \
  fcgi/serve/clock.c \
  fcgi/serve/route.c \
  fcgi/serve/dispatch.c
