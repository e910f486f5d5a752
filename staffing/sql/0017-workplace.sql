-- 借调, 混编混岗: where somebody works who is counted elsewhere.  Nothing is posted: the
-- roll's unit alone counts them.  SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE st_workplace (
  id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  employment_id BIGINT NOT NULL,
  live          TINYINT NULL DEFAULT 1,               -- NULL: ended
  kind          VARCHAR(4) COLLATE utf8mb4_bin NOT NULL, -- code of workplace_kind
  unit_id       BIGINT NULL,                          -- NULL: outside of the system
  unit_name     VARCHAR(200) NOT NULL,                -- 实际工作单位
  post          VARCHAR(100) NOT NULL DEFAULT '',
  doc_no        VARCHAR(100) NOT NULL,
  since         DATE NOT NULL,
  until         DATE NULL,                            -- the last day; NULL: none was set
  ended_on      DATE NULL,                            -- the last day there
  case_id       BIGINT NOT NULL,
  end_case_id   BIGINT NULL,
  UNIQUE KEY uq_workplace_live (employment_id, live), -- one at a time
  KEY ix_workplace_unit (unit_id, live),
  KEY ix_workplace_until (live, until),
  CONSTRAINT fk_workplace_employment FOREIGN KEY (employment_id)
    REFERENCES st_employment (id),
  CONSTRAINT fk_workplace_unit FOREIGN KEY (unit_id) REFERENCES st_unit (id)
) ENGINE=InnoDB WITH SYSTEM VERSIONING;
