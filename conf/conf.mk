# Everything that is data goes to $(pkgdatadir) as it lies in the tree.
install-data-hook:
	$(SHELL) $(top_srcdir)/tools/install-data $(top_srcdir) $(DESTDIR)$(pkgdatadir)
uninstall-hook:
	$(SHELL) $(top_srcdir)/tools/install-data $(top_srcdir) $(DESTDIR)$(pkgdatadir) remove
# Automake knows the sources; the tarball has definitions, documents and tests
# too.
dist-hook:
	$(SHELL) $(top_srcdir)/tools/dist-data $(top_srcdir) $(distdir)
EXTRA_DIST += tools/install-data tools/dist-data
