# One .mk a plugin.
include plugins/entry/plugin.mk
include plugins/quota/plugin.mk
include plugins/use/plugin.mk
include plugins/amend/plugin.mk
include plugins/hire/plugin.mk
include plugins/exit/plugin.mk
include plugins/secondment/plugin.mk
include plugins/change/plugin.mk
include plugins/revoke/plugin.mk
include plugins/correct/plugin.mk
include plugins/reorganise/plugin.mk
include plugins/reassign/plugin.mk
include plugins/merge/plugin.mk
