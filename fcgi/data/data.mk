noinst_LTLIBRARIES += fcgi/data/libdata.la
fcgi_data_libdata_la_CPPFLAGS = $(AM_CPPFLAGS) $(MARIADB_CFLAGS)
fcgi_data_libdata_la_SOURCES = \
  fcgi/data/db.c \
  fcgi/data/db-maria.c \
  fcgi/data/db-script.c \
  fcgi/data/rows.c \
  fcgi/data/sql.c \
  fcgi/data/query.c \
  fcgi/data/xml.c \
  fcgi/data/node.c \
  fcgi/data/grant.c \
  fcgi/data/migrate.c
