-- What a step of the office put right itself, as it was shown before and after.
-- SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE bz_correction (
  id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  case_id     BIGINT NOT NULL,
  item_id     BIGINT NOT NULL,           -- bz_item, which may be gone
  step        VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
  field       VARCHAR(100) NOT NULL,     -- its title
  was         TEXT NOT NULL,
  now         TEXT NOT NULL,
  operator_id BIGINT NULL,
  at          DATETIME NOT NULL,
  KEY ix_correction_item (item_id),
  CONSTRAINT fk_correction_case FOREIGN KEY (case_id) REFERENCES bz_case (id)
) ENGINE=InnoDB;
