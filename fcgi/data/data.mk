noinst_LTLIBRARIES += fcgi/data/libdata.la fcgi/data/libmaria.la
fcgi_data_libdata_la_SOURCES = \
  fcgi/data/db.c \
  fcgi/data/memo.c \
  fcgi/data/kept.c \
  fcgi/data/db-script.c \
  fcgi/data/db-setting.c \
  fcgi/data/atomic.c \
  fcgi/data/rows.c \
  fcgi/data/sql.c \
  fcgi/data/query.c \
  fcgi/data/xml.c \
  fcgi/data/node.c \
  fcgi/data/pool.c \
  fcgi/data/grant.c \
  fcgi/data/migrate.c \
  fcgi/data/masked.c \
  fcgi/data/rehearsal.c
fcgi_data_libdata_la_LIBADD = fcgi/data/libmaria.la

# mysql.h has strcpy in macros of its own, so it is read before poison.h.
fcgi_data_libmaria_la_CPPFLAGS = $(MARIADB_CFLAGS) -include mysql.h \
  $(AM_CPPFLAGS)
fcgi_data_libmaria_la_SOURCES = fcgi/data/db-maria.c
