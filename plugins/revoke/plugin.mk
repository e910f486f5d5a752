plugins_LTLIBRARIES += plugins/revoke/revoke.la
plugins_revoke_revoke_la_SOURCES = plugins/revoke/revoke.c
plugins_revoke_revoke_la_LIBADD = libbianzhi-staffing.la libbianzhi.la $(GLIB_LIBS)
plugins_revoke_revoke_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined -Wl,-z,defs -Wl,-z,nodelete
