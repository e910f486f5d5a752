plugins_LTLIBRARIES += plugins/reorganise/reorganise.la
plugins_reorganise_reorganise_la_SOURCES = plugins/reorganise/reorganise.c
plugins_reorganise_reorganise_la_LIBADD = libbianzhi-staffing.la libbianzhi.la $(GLIB_LIBS)
plugins_reorganise_reorganise_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined -Wl,-z,defs -Wl,-z,nodelete
