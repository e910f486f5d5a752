-- 出编: how an employment ended, beside its own columns valid_to, exit_reason and
-- exit_case_id.  One that ended before this table, or by an import, has no row.
-- SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE st_exit (
  employment_id BIGINT NOT NULL PRIMARY KEY,
  happened_on   DATE NOT NULL,                        -- 减员发生日期, by the paper
  result_status VARCHAR(4) COLLATE utf8mb4_bin NOT NULL, -- what the person is since
  destination   VARCHAR(200) NOT NULL DEFAULT '',     -- 出编去向
  doc_no        VARCHAR(100) NOT NULL DEFAULT '',     -- 出编文号
  late          TINYINT NOT NULL DEFAULT 0,           -- 逾期
  late_reason   VARCHAR(200) NOT NULL DEFAULT '',
  CONSTRAINT fk_exit_employment FOREIGN KEY (employment_id)
    REFERENCES st_employment (id)
) ENGINE=InnoDB WITH SYSTEM VERSIONING;
