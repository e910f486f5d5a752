noinst_LTLIBRARIES += fcgi/people/libpeople.la
fcgi_people_libpeople_la_CPPFLAGS = $(AM_CPPFLAGS) $(GNUTLS_CFLAGS) $(CRYPT_CFLAGS)
fcgi_people_libpeople_la_SOURCES = \
  fcgi/people/session.c \
  fcgi/people/perm.c \
  fcgi/people/key.c \
  fcgi/people/audit.c \
  fcgi/people/crypto.c \
  fcgi/people/account.c
