plugins_LTLIBRARIES += plugins/exit/exit.la
plugins_exit_exit_la_SOURCES = plugins/exit/exit.c plugins/exit/transfer.c plugins/exit/transfer.h plugins/exit/term.c plugins/exit/term.h
plugins_exit_exit_la_LIBADD = libbianzhi-staffing.la libbianzhi.la $(GLIB_LIBS)
plugins_exit_exit_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined -Wl,-z,defs -Wl,-z,nodelete
