-- 经费形式 as a book of its own, where a unit's posts are not all of one: under which
-- account it counts an employment, '' under none.  SPDX-License-Identifier: MulanPSL-2.0
SET STATEMENT system_versioning_alter_history = KEEP FOR
ALTER TABLE st_employment
  ADD COLUMN quota_funding VARCHAR(8) COLLATE utf8mb4_bin NOT NULL DEFAULT ''
    AFTER quota_structure;
