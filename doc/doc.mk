# Manual pages: two are written, the others say what the headers and the configuration say.
MAN_MADE = doc/man/bianzhi.conf.5 \
  doc/man/bianzhi-plugin.3 \
  doc/man/bianzhi-staffing.3 \
  doc/man/bianzhi-test.3 \
  doc/man/bianzhi-overlay.5 \
  doc/man/bianzhi-form.5 \
  doc/man/bianzhi-process.5 \
  doc/man/bianzhi-business.5 \
  doc/man/bianzhi-dictionary.5 \
  doc/man/bianzhi-queries.5 \
  doc/man/bianzhi-reports.5 \
  doc/man/bianzhi-roles.5 \
  doc/man/bianzhi-stylesheet.5 \
  doc/man/bianzhi-downloads.5
man_MANS = doc/man/bianzhi.1 doc/man/bianzhi-fcgi.8 $(MAN_MADE)
MAN_PAGE = $(AM_V_GEN)$(MKDIR_P) doc/man && $(SHELL) $(srcdir)/tools/man-page
CLEANFILES += $(MAN_MADE)
doc/man/bianzhi.conf.5: $(srcdir)/conf/bianzhi.conf $(srcdir)/tools/man-page
	$(MAN_PAGE) bianzhi.conf 5 conf $(srcdir)/conf/bianzhi.conf > $@
doc/man/bianzhi-plugin.3: $(srcdir)/include/bianzhi/plugin.h $(srcdir)/tools/man-page
	$(MAN_PAGE) bianzhi-plugin 3 interface $(srcdir)/include/bianzhi/plugin.h > $@
doc/man/bianzhi-staffing.3: $(srcdir)/include/bianzhi/staffing.h $(srcdir)/tools/man-page
	$(MAN_PAGE) bianzhi-staffing 3 interface $(srcdir)/include/bianzhi/staffing.h > $@
doc/man/bianzhi-test.3: $(srcdir)/include/bianzhi/test.h $(srcdir)/tools/man-page
	$(MAN_PAGE) bianzhi-test 3 interface $(srcdir)/include/bianzhi/test.h > $@
doc/man/bianzhi-overlay.5: $(srcdir)/fcgi/define/overlay.h $(srcdir)/tools/man-page
	$(MAN_PAGE) bianzhi-overlay 5 header $(srcdir)/fcgi/define/overlay.h > $@
doc/man/bianzhi-form.5: $(srcdir)/fcgi/define/form.h $(srcdir)/tools/man-page
	$(MAN_PAGE) bianzhi-form 5 header $(srcdir)/fcgi/define/form.h > $@
doc/man/bianzhi-process.5: $(srcdir)/fcgi/define/process.h $(srcdir)/tools/man-page
	$(MAN_PAGE) bianzhi-process 5 header $(srcdir)/fcgi/define/process.h > $@
doc/man/bianzhi-business.5: $(srcdir)/fcgi/define/business.h $(srcdir)/tools/man-page
	$(MAN_PAGE) bianzhi-business 5 header $(srcdir)/fcgi/define/business.h > $@
doc/man/bianzhi-dictionary.5: $(srcdir)/fcgi/define/dict.h $(srcdir)/tools/man-page
	$(MAN_PAGE) bianzhi-dictionary 5 header $(srcdir)/fcgi/define/dict.h > $@
doc/man/bianzhi-queries.5: $(srcdir)/fcgi/data/query.h $(srcdir)/tools/man-page
	$(MAN_PAGE) bianzhi-queries 5 header $(srcdir)/fcgi/data/query.h > $@
doc/man/bianzhi-reports.5: $(srcdir)/fcgi/define/report.h $(srcdir)/tools/man-page
	$(MAN_PAGE) bianzhi-reports 5 header $(srcdir)/fcgi/define/report.h > $@
doc/man/bianzhi-roles.5: $(srcdir)/fcgi/people/perm.h $(srcdir)/tools/man-page
	$(MAN_PAGE) bianzhi-roles 5 header $(srcdir)/fcgi/people/perm.h > $@
doc/man/bianzhi-stylesheet.5: $(srcdir)/fcgi/show/stylesheet.h $(srcdir)/tools/man-page
	$(MAN_PAGE) bianzhi-stylesheet 5 header $(srcdir)/fcgi/show/stylesheet.h > $@
doc/man/bianzhi-downloads.5: $(srcdir)/fcgi/work/download.h $(srcdir)/tools/man-page
	$(MAN_PAGE) bianzhi-downloads 5 header $(srcdir)/fcgi/work/download.h > $@
