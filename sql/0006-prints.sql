-- Issued sheets with their check codes, and what the seal register needs.
-- SPDX-License-Identifier: MulanPSL-2.0

-- A document that left the office: all its copies and reprints carry one code.
-- What the public page tells is kept as it was issued.
CREATE TABLE bz_sheet (
  id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code        CHAR(12) COLLATE utf8mb4_bin NOT NULL,
  case_id     BIGINT NOT NULL,
  print       VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
  item_id     BIGINT NOT NULL DEFAULT 0,         -- 0: of the whole case
  title       VARCHAR(100) NOT NULL,
  number      VARCHAR(64) NOT NULL,
  dated       DATE NOT NULL,
  unit        VARCHAR(200) NOT NULL,
  items       INT NOT NULL,                      -- persons on it
  issued_at   DATETIME NOT NULL,
  state       VARCHAR(8) COLLATE utf8mb4_bin NOT NULL DEFAULT 'valid',
              -- valid, void, replaced
  state_at    DATETIME NULL,
  state_why   VARCHAR(200) NOT NULL DEFAULT '',
  replaced_by BIGINT NULL,
  UNIQUE KEY uq_sheet_code (code),
  KEY ix_sheet_case (case_id, print, item_id, id),
  CONSTRAINT fk_sheet_case FOREIGN KEY (case_id) REFERENCES bz_case (id),
  CONSTRAINT fk_sheet_by FOREIGN KEY (replaced_by) REFERENCES bz_sheet (id)
) ENGINE=InnoDB;

-- 用印情况登记表 is these rows.
ALTER TABLE bz_print
  ADD COLUMN title VARCHAR(100) NOT NULL DEFAULT '',  -- of the document
  ADD COLUMN part INT NOT NULL DEFAULT 0;             -- 0: every copy; 2: 第二联
CREATE INDEX ix_print_at ON bz_print (at, id);
