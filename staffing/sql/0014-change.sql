-- 人员异动: each field that a case has changed, as it was and as it is since; rows are
-- only added (sql/grants.xml).  Lists are told as shown alone.
-- SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE st_change (
  id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  person_id     BIGINT NOT NULL,
  employment_id BIGINT NOT NULL,
  case_id       BIGINT NOT NULL,
  changed_on    DATE NOT NULL,
  field         VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
  title         VARCHAR(60) NOT NULL,
  was           VARCHAR(400) NOT NULL DEFAULT '',
  now           VARCHAR(400) NOT NULL DEFAULT '',
  was_text      VARCHAR(2000) NOT NULL DEFAULT '',
  now_text      VARCHAR(2000) NOT NULL DEFAULT '',
  KEY ix_change_person (person_id, id),
  KEY ix_change_case (case_id),
  CONSTRAINT fk_change_person FOREIGN KEY (person_id) REFERENCES st_person (id),
  CONSTRAINT fk_change_employment FOREIGN KEY (employment_id)
    REFERENCES st_employment (id)
) ENGINE=InnoDB;
