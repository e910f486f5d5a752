plugins_LTLIBRARIES += plugins/amend/amend.la
plugins_amend_amend_la_SOURCES = plugins/amend/amend.c
plugins_amend_amend_la_LIBADD = libbianzhi-staffing.la libbianzhi.la $(GLIB_LIBS)
plugins_amend_amend_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined -Wl,-z,defs -Wl,-z,nodelete
