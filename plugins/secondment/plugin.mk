plugins_LTLIBRARIES += plugins/secondment/secondment.la
plugins_secondment_secondment_la_SOURCES = plugins/secondment/secondment.c
plugins_secondment_secondment_la_LIBADD = libbianzhi-staffing.la libbianzhi.la $(GLIB_LIBS)
plugins_secondment_secondment_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined -Wl,-z,defs -Wl,-z,nodelete
