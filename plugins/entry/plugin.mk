plugins_LTLIBRARIES += plugins/entry/entry.la
plugins_entry_entry_la_SOURCES = plugins/entry/entry.c plugins/entry/transfer.c plugins/entry/transfer.h plugins/entry/rules.c \
  plugins/entry/sheet.c plugins/entry/slip.c plugins/entry/chosen.c plugins/entry/chosen.h \
  plugins/entry/findings.c plugins/entry/age.c plugins/entry/look.c plugins/entry/look.h \
  plugins/entry/room.c plugins/entry/room.h plugins/entry/seats.c plugins/entry/seats.h
plugins_entry_entry_la_LIBADD = libbianzhi-staffing.la libbianzhi.la $(GLIB_LIBS)
plugins_entry_entry_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined -Wl,-z,defs -Wl,-z,nodelete
