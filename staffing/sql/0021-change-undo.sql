-- 撤销核准 of 人员异动: the seats that a change took somebody from, so that they can be given
-- back; rows are only added (sql/grants.xml).  What was changed stays on record, also of an
-- employment whose entry is taken back afterwards.  SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE st_change_seat (
  case_id       BIGINT NOT NULL,
  employment_id BIGINT NOT NULL,
  duty          VARCHAR(16) NOT NULL,                 -- as in st_duty
  post_id       BIGINT NOT NULL,                      -- the seat: of a post above it too
  paper_id      BIGINT NOT NULL DEFAULT 0,            -- above its number by; 0: not
  PRIMARY KEY (case_id, employment_id, duty),
  CONSTRAINT fk_change_seat_post FOREIGN KEY (post_id) REFERENCES st_post (id)
) ENGINE=InnoDB;
ALTER TABLE st_change
  DROP FOREIGN KEY fk_change_employment,
  ADD COLUMN kind VARCHAR(8) COLLATE utf8mb4_bin NOT NULL DEFAULT 'change' AFTER case_id;
                                                      -- change 异动, correct 更正
