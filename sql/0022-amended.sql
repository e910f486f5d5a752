-- What approved items said that was put right later by another case: sheets that are issued
-- from then on say NOW.  What stands in bz_item stays as it was approved.
-- SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE bz_amended (
  id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  item_id    BIGINT NOT NULL,
  case_id    BIGINT NOT NULL,            -- of the item
  by_case_id BIGINT NOT NULL,            -- that put it right
  field      VARCHAR(60) COLLATE utf8mb4_bin NOT NULL,
  now        TEXT NOT NULL,              -- as items store it
  at         DATETIME NOT NULL,
  UNIQUE KEY uq_amended (item_id, by_case_id, field),
  KEY ix_amended_case (case_id),
  KEY ix_amended_by (by_case_id),
  CONSTRAINT fk_amended_item FOREIGN KEY (item_id) REFERENCES bz_item (id),
  CONSTRAINT fk_amended_case FOREIGN KEY (case_id) REFERENCES bz_case (id),
  CONSTRAINT fk_amended_by FOREIGN KEY (by_case_id) REFERENCES bz_case (id)
) ENGINE=InnoDB;
