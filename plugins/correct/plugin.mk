plugins_LTLIBRARIES += plugins/correct/correct.la
plugins_correct_correct_la_SOURCES = plugins/correct/correct.c
plugins_correct_correct_la_LIBADD = libbianzhi-staffing.la libbianzhi.la $(GLIB_LIBS)
plugins_correct_correct_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined -Wl,-z,defs -Wl,-z,nodelete
