-- 合并重复人员: a record that was one person's second one.  All that belonged to it is the
-- other one's; it keeps its number, so that nobody is registered under it again.
-- SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE st_merged (
  person_id BIGINT NOT NULL PRIMARY KEY,
  into_id   BIGINT NOT NULL,
  case_id   BIGINT NOT NULL,
  merged_on DATE NOT NULL,
  KEY ix_merged_into (into_id),
  CONSTRAINT fk_merged_person FOREIGN KEY (person_id) REFERENCES st_person (id),
  CONSTRAINT fk_merged_into FOREIGN KEY (into_id) REFERENCES st_person (id)
) ENGINE=InnoDB;
