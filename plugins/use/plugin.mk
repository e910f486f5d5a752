plugins_LTLIBRARIES += plugins/use/use.la
plugins_use_use_la_SOURCES = plugins/use/use.c plugins/use/book.c plugins/use/plan.c plugins/use/plan-sheet.c plugins/use/plan.h plugins/use/book.h
plugins_use_use_la_LIBADD = libbianzhi-staffing.la libbianzhi.la $(GLIB_LIBS)
plugins_use_use_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined -Wl,-z,defs -Wl,-z,nodelete
