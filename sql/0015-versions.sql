-- How often each table was changed from which a worker keeps answers
-- (fcgi/data/kept.h).  SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE bz_version (
  name VARCHAR(64) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY, -- the table's
  n    BIGINT NOT NULL
) ENGINE=InnoDB;

INSERT INTO bz_version (name, n) VALUES ('bz_case', 0), ('bz_scope', 0), ('bz_scope_path', 0), ('bz_message', 0), ('bz_message_read', 0), ('bz_inbox', 0), ('bz_operator', 0);
