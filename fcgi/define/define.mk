noinst_LTLIBRARIES += fcgi/define/libdefine.la
fcgi_define_libdefine_la_CPPFLAGS = $(AM_CPPFLAGS) 
fcgi_define_libdefine_la_SOURCES = \
  fcgi/define/pack.c \
  fcgi/define/plugin.c \
  fcgi/define/csv.c \
  fcgi/define/code.c \
  fcgi/define/dict.c \
  fcgi/define/overlay.c \
  fcgi/define/overlay-form.c \
  fcgi/define/overlay-process.c \
  fcgi/define/overlay-business.c \
  fcgi/define/source.c \
  fcgi/define/date.c \
  fcgi/define/expr.c \
  fcgi/define/expr-lint.c \
  fcgi/define/pattern.c \
  fcgi/define/form.c \
  fcgi/define/form-rules.c \
  fcgi/define/form-read.c \
  fcgi/define/form-check.c \
  fcgi/define/form-paper.c \
  fcgi/define/form-group.c \
  fcgi/define/form-page.c \
  fcgi/define/form-change.c \
  fcgi/define/sight.c \
  fcgi/define/facts.c \
  fcgi/define/option.c \
  fcgi/define/form-tree.c \
  fcgi/define/report.c \
  fcgi/define/process.c \
  fcgi/define/process-decide.c \
  fcgi/define/business-pair.c \
  fcgi/define/business.c
