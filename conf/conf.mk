# Everything that is data goes to $(pkgdatadir) as it lies in the tree; files for
# administrators go to $(docdir)/examples with the places written into them.
install-data-hook:
	$(SHELL) $(top_srcdir)/tools/install-data $(top_srcdir) $(DESTDIR)$(pkgdatadir)
	DESTDIR='$(DESTDIR)' $(SHELL) $(top_srcdir)/tools/install-examples \
	  $(top_srcdir) $(docdir)/examples $(sbindir) $(sysconfdir) $(pkgdatadir)
uninstall-hook:
	$(SHELL) $(top_srcdir)/tools/install-data $(top_srcdir) $(DESTDIR)$(pkgdatadir) remove
	DESTDIR='$(DESTDIR)' $(SHELL) $(top_srcdir)/tools/install-examples \
	  $(top_srcdir) $(docdir)/examples remove
# Automake knows the sources; the tarball has definitions, documents and tests
# too.
dist-hook:
	$(SHELL) $(top_srcdir)/tools/dist-data $(top_srcdir) $(distdir)
EXTRA_DIST += tools/install-data tools/install-examples tools/dist-data
