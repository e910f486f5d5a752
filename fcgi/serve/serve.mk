noinst_LTLIBRARIES += fcgi/serve/libserve.la
fcgi_serve_libserve_la_CPPFLAGS = $(AM_CPPFLAGS) $(FCGI_CFLAGS) $(SECCOMP_CFLAGS)
fcgi_serve_libserve_la_SOURCES = \
  fcgi/serve/api.c \
  fcgi/serve/app.c \
  fcgi/serve/arena.c \
  fcgi/serve/ask.c \
  fcgi/serve/board.c \
  fcgi/serve/cgi.c \
  fcgi/serve/clock.c \
  fcgi/serve/conf-key.c \
  fcgi/serve/conf-value.c \
  fcgi/serve/conf.c \
  fcgi/serve/dispatch.c \
  fcgi/serve/fastcgi.c \
  fcgi/serve/from.c \
  fcgi/serve/handover.c \
  fcgi/serve/input.c \
  fcgi/serve/job.c \
  fcgi/serve/jobs.c \
  fcgi/serve/landlock.c \
  fcgi/serve/landlock.h \
  fcgi/serve/limit.c \
  fcgi/serve/log.c \
  fcgi/serve/master.c \
  fcgi/serve/message.c \
  fcgi/serve/multipart.c \
  fcgi/serve/notify.c \
  fcgi/serve/once.c \
  fcgi/serve/reload.c \
  fcgi/serve/render.c \
  fcgi/serve/reply.c \
  fcgi/serve/req.c \
  fcgi/serve/route.c \
  fcgi/serve/sandbox.c \
  fcgi/serve/sandbox-call.c \
  fcgi/serve/sandbox-test.c \
  fcgi/serve/sandbox.h \
  fcgi/serve/schedule.c \
  fcgi/serve/shun.c \
  fcgi/serve/socket.c \
  fcgi/serve/spool.c \
  fcgi/serve/spool.h \
  fcgi/serve/status.c \
  fcgi/serve/stuck.c \
  fcgi/serve/submit.c \
  fcgi/serve/tool.c \
  fcgi/serve/worker.c
