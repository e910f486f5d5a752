-- Who stood above a scope, and finishes what waits there.  SPDX-License-Identifier: MulanPSL-2.0
ALTER TABLE bz_case
  ADD COLUMN kept_by BIGINT NULL;       -- bz_scope that stood above the unit when it
                                        -- moved, and decides this case; NULL: today's
-- 1: above it no more, looks on until the last of these cases has ended.
ALTER TABLE bz_scope_path
  ADD COLUMN former TINYINT NOT NULL DEFAULT 0;
