-- What runs at set times: how it went, and when it is due.
-- SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE bz_job (
  name     VARCHAR(64) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
  schedule VARCHAR(40) NOT NULL,            -- by which due_at was reckoned
  due_at   DATETIME NULL,                   -- NULL: never
  began_at DATETIME NULL,
  ended_at DATETIME NULL,
  result   VARCHAR(10) COLLATE utf8mb4_bin NULL,
           -- running, done, failed, crashed, late, busy, lost
  failures INT NOT NULL DEFAULT 0           -- in a row
) ENGINE=InnoDB;
