# The middle floor: what all staffing businesses share.
STAFFING_SOURCES = staffing/staffing.c staffing/idno.c staffing/person.c staffing/qualification.c \
  staffing/employment.c staffing/exit.c staffing/transit.c staffing/undo.c staffing/change.c staffing/change-undo.c staffing/correct.c staffing/merge.c staffing/left.c staffing/workplace.c staffing/away.c staffing/duty.c staffing/quota.c staffing/paper.c staffing/report.c staffing/slip.c staffing/slip-use.c staffing/slip-page.c staffing/slip-change.c staffing/unit.c staffing/unit-choice.c staffing/unit-fact.c staffing/roster.c \
  staffing/card.c staffing/local.c staffing/local-list.c staffing/posting.c \
  staffing/show.c staffing/show.h staffing/part.h staffing/proof.c \
  staffing/import.c staffing/import-person.c staffing/import.h \
  staffing/csv.c staffing/csv.h staffing/pinyin.c staffing/pinyin.h staffing/pinyin-second.h staffing/words.c staffing/overflow.c staffing/warning.c staffing/ledger.c staffing/ledger-column.c staffing/ledger-column.h
lib_LTLIBRARIES += libbianzhi-staffing.la
libbianzhi_staffing_la_SOURCES = $(STAFFING_SOURCES)
libbianzhi_staffing_la_LIBADD = libbianzhi.la $(GLIB_LIBS)
libbianzhi_staffing_la_LDFLAGS = $(AM_LDFLAGS) -version-info 0:0:0 -no-undefined
EXTRA_DIST += tools/demo-people conf/demo-accounts.csv conf/demo/offices.csv \
  conf/demo/units.csv conf/demo/quotas.csv conf/demo/organs.csv conf/demo/posts.csv
