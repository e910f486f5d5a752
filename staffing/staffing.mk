# The middle floor: what all staffing businesses share.
lib_LTLIBRARIES += libbianzhi-staffing.la
libbianzhi_staffing_la_SOURCES = staffing/staffing.c staffing/idno.c \
  staffing/person.c staffing/employment.c staffing/quota.c staffing/unit.c \
  staffing/import.c
libbianzhi_staffing_la_LIBADD = libbianzhi.la $(GLIB_LIBS)
libbianzhi_staffing_la_LDFLAGS = $(AM_LDFLAGS) -version-info 0:0:0 -no-undefined
