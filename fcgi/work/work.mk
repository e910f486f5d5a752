noinst_LTLIBRARIES += fcgi/work/libwork.la
fcgi_work_libwork_la_CPPFLAGS = $(AM_CPPFLAGS) $(MAGIC_CFLAGS) $(PIXBUF_CFLAGS)
fcgi_work_libwork_la_SOURCES = \
  fcgi/work/paper.c \
  fcgi/work/picture.c \
  fcgi/work/image.c \
  fcgi/work/arrival.c \
  fcgi/work/hold.c \
  fcgi/work/note.c \
  fcgi/work/case.c \
  fcgi/work/item.c \
  fcgi/work/check.c \
  fcgi/work/move.c \
  fcgi/work/remark.c \
  fcgi/work/event.c \
  fcgi/work/series.c \
  fcgi/work/workday.c \
  fcgi/work/term.c \
  fcgi/work/setting.c \
  fcgi/work/split.c \
  fcgi/work/shut.c \
  fcgi/work/list.c \
  fcgi/work/row.c \
  fcgi/work/desk.c \
  fcgi/work/desk-part.c \
  fcgi/work/desk-list.c \
  fcgi/work/desk-case.c \
  fcgi/work/desk-paper.c \
  fcgi/work/desk-item.c \
  fcgi/work/desk-verify.c \
  fcgi/work/desk-review.c \
  fcgi/work/desk-batch.c \
  fcgi/work/findings.c \
  fcgi/work/desk-move.c \
  fcgi/work/desk-change.c \
  fcgi/work/archive.c \
  fcgi/work/desk-print.c \
  fcgi/work/desk-sheet.c \
  fcgi/work/desk-shut.c \
  fcgi/work/sheet.c \
  fcgi/work/checkcode.c \
  fcgi/work/check-page.c \
  fcgi/work/seal.c \
  fcgi/work/near.c \
  fcgi/work/inbox.c \
  fcgi/work/inbox-page.c \
  fcgi/work/download.c \
  fcgi/work/workbench.c
