# The command line.
bin_PROGRAMS += bianzhi
bianzhi_SOURCES = tools/bianzhi.c
bianzhi_LDADD = libbianzhi.la
