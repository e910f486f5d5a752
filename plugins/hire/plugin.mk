plugins_LTLIBRARIES += plugins/hire/hire.la
plugins_hire_hire_la_SOURCES = plugins/hire/hire.c
plugins_hire_hire_la_LIBADD = libbianzhi-staffing.la libbianzhi.la $(GLIB_LIBS)
plugins_hire_hire_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined -Wl,-z,defs -Wl,-z,nodelete
