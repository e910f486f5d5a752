-- What a unit is called and under whom it stands, day by day.  A unit that never changed
-- has no row: it was always as st_unit says.  SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE st_unit_fact (
  id          BIGINT NOT NULL AUTO_INCREMENT,
  unit_id     BIGINT NOT NULL,
  valid_from  DATE NOT NULL,
  valid_to    DATE NOT NULL DEFAULT '9999-12-31',
  name        VARCHAR(200) NOT NULL,
  short_name  VARCHAR(100) NOT NULL,
  parent_id   BIGINT NULL,                        -- 主管部门
  parent_name VARCHAR(200) NOT NULL DEFAULT '',   -- as it was called then
  office_id   BIGINT NOT NULL,
  case_id     BIGINT NULL,                        -- NULL: as it was at first
  paper_no    VARCHAR(100) NOT NULL DEFAULT '',
  paper_on    DATE NULL,
  paper_title VARCHAR(200) NOT NULL DEFAULT '',
  PERIOD FOR valid (valid_from, valid_to),
  PRIMARY KEY (id),
  UNIQUE KEY uq_unit_fact (unit_id, valid WITHOUT OVERLAPS),
  CONSTRAINT fk_unit_fact FOREIGN KEY (unit_id) REFERENCES st_unit (id)
) ENGINE=InnoDB WITH SYSTEM VERSIONING;
