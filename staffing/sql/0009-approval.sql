-- 批准文件: what is approved, taken back or frozen stands with its paper; and by how
-- many an account may be exceeded.  SPDX-License-Identifier: MulanPSL-2.0
ALTER TABLE st_quota
  ADD COLUMN frozen INT NOT NULL DEFAULT 0,         -- 冻结: approved, not to be used
  DROP CONSTRAINT ck_quota_signs,
  ADD CONSTRAINT ck_quota_signs CHECK (approved >= 0 AND occupied >= 0
    AND reserved >= 0 AND incoming >= 0 AND outgoing >= 0 AND frozen >= 0);
-- 机构编制沿革: one line a paper.
CREATE TABLE st_paper (
  case_id   BIGINT NOT NULL PRIMARY KEY,            -- that recorded it
  unit_id   BIGINT NOT NULL,
  number    VARCHAR(100) NOT NULL,                  -- 批准文号
  paper_on  DATE NOT NULL,
  title     VARCHAR(200) NOT NULL,
  summary   VARCHAR(400) NOT NULL DEFAULT '',
  KEY ix_paper_unit (unit_id, paper_on),
  CONSTRAINT fk_paper_unit FOREIGN KEY (unit_id) REFERENCES st_unit (id)
) ENGINE=InnoDB;
-- 编制溢出规则 of a unit, or of an office for all of its units that have none.
CREATE TABLE st_overflow (
  scope_id BIGINT NOT NULL PRIMARY KEY,             -- st_unit.id or st_office.id
  amount   INT NOT NULL,                            -- so many posts, 0: none
  percent  TINYINT NOT NULL DEFAULT 0,              -- 1: of what is approved
  CONSTRAINT ck_overflow CHECK (amount BETWEEN 0 AND 999
    AND percent IN (0, 1))
) ENGINE=InnoDB;
-- A slip may keep places of a structure too: the code of the book, '' of none.
ALTER TABLE st_slip_line
  ADD COLUMN quota_structure VARCHAR(8) COLLATE utf8mb4_bin NOT NULL DEFAULT ''
    AFTER quota_code;
