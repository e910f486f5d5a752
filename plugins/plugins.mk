# One .mk a plugin.
include plugins/entry/plugin.mk
