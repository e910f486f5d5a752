-- Approvals that were taken back: each item once, by the case that decided it.  What
-- stands in bz_item stays as it was approved.  SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE bz_undone (
  item_id    BIGINT NOT NULL PRIMARY KEY,
  case_id    BIGINT NOT NULL,            -- of the item
  by_case_id BIGINT NOT NULL,            -- that took it back
  sheet_id   BIGINT NOT NULL,            -- the last sheet of the case that tells of
                                         -- the item; 0: none
  at         DATETIME NOT NULL,
  KEY ix_undone_case (case_id),
  KEY ix_undone_by (by_case_id),
  CONSTRAINT fk_undone_item FOREIGN KEY (item_id) REFERENCES bz_item (id),
  CONSTRAINT fk_undone_case FOREIGN KEY (case_id) REFERENCES bz_case (id),
  CONSTRAINT fk_undone_by FOREIGN KEY (by_case_id) REFERENCES bz_case (id)
) ENGINE=InnoDB;
-- How many items of the case that are, for lists.
ALTER TABLE bz_case
  ADD COLUMN undone INT NOT NULL DEFAULT 0 AFTER items;
