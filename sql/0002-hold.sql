-- Files that came with a form whose session had ended: kept for their operator
-- until the form is sent again.  SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE bz_hold (
  sha256      BINARY(32) NOT NULL,
  operator_id BIGINT NOT NULL,
  file_name   VARCHAR(100) NOT NULL,
  until       DATETIME NOT NULL,
  PRIMARY KEY (sha256, operator_id),
  KEY ix_hold_until (until),
  CONSTRAINT fk_hold_blob FOREIGN KEY (sha256) REFERENCES bz_blob (sha256),
  CONSTRAINT fk_hold_operator FOREIGN KEY (operator_id)
    REFERENCES bz_operator (id)
) ENGINE=InnoDB;
-- The sweeper asks which blobs nobody has.
CREATE INDEX ix_paper_sha256 ON bz_paper (sha256);
CREATE INDEX ix_blob_created ON bz_blob (created_at);
