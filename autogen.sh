#!/bin/sh
# Makes configure.  SPDX-License-Identifier: MulanPSL-2.0
cd "$(dirname "$0")" && mkdir -p m4 build-aux && exec autoreconf -fi "$@"
