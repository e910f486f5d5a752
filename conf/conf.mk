# Everything that is data goes to $(pkgdatadir) as it lies in the tree.
install-data-hook:
	$(SHELL) $(top_srcdir)/tools/install-data $(top_srcdir) $(DESTDIR)$(pkgdatadir)
EXTRA_DIST += tools/install-data
