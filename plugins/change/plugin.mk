plugins_LTLIBRARIES += plugins/change/change.la
plugins_change_change_la_SOURCES = plugins/change/change.c plugins/change/look.c plugins/change/look.h
plugins_change_change_la_LIBADD = libbianzhi-staffing.la libbianzhi.la $(GLIB_LIBS)
plugins_change_change_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined -Wl,-z,defs -Wl,-z,nodelete
