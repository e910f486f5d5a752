plugins_LTLIBRARIES += plugins/quota/quota.la
plugins_quota_quota_la_SOURCES = plugins/quota/quota.c
plugins_quota_quota_la_LIBADD = libbianzhi-staffing.la libbianzhi.la $(GLIB_LIBS)
plugins_quota_quota_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined -Wl,-z,defs -Wl,-z,nodelete
