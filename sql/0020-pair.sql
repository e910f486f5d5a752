-- Two cases that end together or not at all (doc/decisions/0055-transfer.md): the effects
-- of the first run before those of the second.  SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE bz_pair (
  id              BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  first_business  VARCHAR(16) COLLATE utf8mb4_bin NOT NULL,
  first_scope_id  BIGINT NOT NULL,
  first_case_id   BIGINT NULL,                   -- NULL: not begun yet
  second_business VARCHAR(16) COLLATE utf8mb4_bin NOT NULL,
  second_scope_id BIGINT NOT NULL,
  second_case_id  BIGINT NULL,
  until           DATE NOT NULL,                 -- the last day to end it
  state           VARCHAR(9) COLLATE utf8mb4_bin NOT NULL DEFAULT 'open',
                  -- open, closed, dissolved
  why             VARCHAR(400) NOT NULL DEFAULT '', -- it was dissolved
  opened_at       DATETIME NOT NULL,
  ended_at        DATETIME NULL,
  KEY ix_pair_first (first_case_id),
  KEY ix_pair_second (second_case_id),
  KEY ix_pair_first_scope (state, first_scope_id),
  KEY ix_pair_second_scope (state, second_scope_id),
  KEY ix_pair_until (state, until),
  CONSTRAINT fk_pair_first FOREIGN KEY (first_case_id) REFERENCES bz_case (id),
  CONSTRAINT fk_pair_second FOREIGN KEY (second_case_id) REFERENCES bz_case (id),
  CONSTRAINT fk_pair_first_scope FOREIGN KEY (first_scope_id) REFERENCES bz_scope (id),
  CONSTRAINT fk_pair_second_scope FOREIGN KEY (second_scope_id) REFERENCES bz_scope (id)
) ENGINE=InnoDB;
-- The pair that the case stands in, open or closed; and where it stood when it was
-- approved before the other (step 'held').
ALTER TABLE bz_case
  ADD COLUMN pair_id BIGINT NULL,
  ADD COLUMN held_from VARCHAR(32) COLLATE utf8mb4_bin NULL;
