-- What an approved transfer that is not closed holds in the quota book (在途): a row for
-- each account while it does.  SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE st_transit (
  id        BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  case_id   BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  unit_id   BIGINT NOT NULL,
  account   VARCHAR(8) COLLATE utf8mb4_bin NOT NULL,   -- incoming, outgoing
  book      VARCHAR(16) COLLATE utf8mb4_bin NOT NULL,
  code      VARCHAR(8) COLLATE utf8mb4_bin NOT NULL,
  line_id   BIGINT NULL,              -- place of a slip that it has taken
  UNIQUE KEY uq_transit (case_id, person_id, book),
  KEY ix_transit_unit (unit_id, account, book, code),
  KEY ix_transit_line (line_id),
  CONSTRAINT fk_transit_unit FOREIGN KEY (unit_id) REFERENCES st_unit (id),
  CONSTRAINT fk_transit_person FOREIGN KEY (person_id) REFERENCES st_person (id),
  CONSTRAINT fk_transit_line FOREIGN KEY (line_id) REFERENCES st_slip_line (id)
) ENGINE=InnoDB;
