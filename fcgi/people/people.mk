noinst_LTLIBRARIES += fcgi/people/libpeople.la
fcgi_people_libpeople_la_CPPFLAGS = $(AM_CPPFLAGS) $(GNUTLS_CFLAGS) $(CRYPT_CFLAGS)
fcgi_people_libpeople_la_SOURCES = \
  fcgi/people/account.c \
  fcgi/people/audit.c \
  fcgi/people/crypto.c \
  fcgi/people/demo-load.c \
  fcgi/people/directory.c \
  fcgi/people/key.c \
  fcgi/people/login.c \
  fcgi/people/operator.c \
  fcgi/people/password.c \
  fcgi/people/perm.c \
  fcgi/people/resume.c \
  fcgi/people/session.c \
  fcgi/people/tx.c
