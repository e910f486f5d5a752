plugins_LTLIBRARIES += plugins/reassign/reassign.la
plugins_reassign_reassign_la_SOURCES = plugins/reassign/reassign.c
plugins_reassign_reassign_la_LIBADD = libbianzhi-staffing.la libbianzhi.la $(GLIB_LIBS)
plugins_reassign_reassign_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined -Wl,-z,defs -Wl,-z,nodelete
