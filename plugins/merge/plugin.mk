plugins_LTLIBRARIES += plugins/merge/merge.la
plugins_merge_merge_la_SOURCES = plugins/merge/merge.c
plugins_merge_merge_la_LIBADD = libbianzhi-staffing.la libbianzhi.la $(GLIB_LIBS)
plugins_merge_merge_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined -Wl,-z,defs -Wl,-z,nodelete
