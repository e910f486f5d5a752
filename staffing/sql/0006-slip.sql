-- 编制使用单: what the office has granted of a unit's approved posts, by staffing
-- type and form of entry (TS-32, TS-33).  What is left of a live slip stands as
-- 'reserved' in the quota book.  SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE st_slip (
  id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  case_id     BIGINT NOT NULL,                      -- that granted it
  unit_id     BIGINT NOT NULL,
  number      VARCHAR(100) NOT NULL DEFAULT '',
  granted_on  DATE NOT NULL,
  valid_until DATE NOT NULL,                        -- the last day
  state       VARCHAR(8) NOT NULL DEFAULT 'live',   -- live, expired
  UNIQUE KEY uq_slip_case (case_id),
  KEY ix_slip_unit (unit_id, state, valid_until),
  KEY ix_slip_state (state, valid_until),
  CONSTRAINT fk_slip_unit FOREIGN KEY (unit_id) REFERENCES st_unit (id)
) ENGINE=InnoDB;
CREATE TABLE st_slip_line (
  id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  slip_id       BIGINT NOT NULL,
  staffing_type VARCHAR(4) COLLATE utf8mb4_bin NOT NULL,
  quota_code    VARCHAR(8) COLLATE utf8mb4_bin NOT NULL, -- where it is reserved
  entry_mode    VARCHAR(4) COLLATE utf8mb4_bin NOT NULL,
  amount        INT NOT NULL,
  used          INT NOT NULL DEFAULT 0,
  released      INT NOT NULL DEFAULT 0,             -- given back unused
  KEY ix_slip_line (slip_id),
  CONSTRAINT ck_slip_line CHECK (amount > 0 AND used >= 0 AND released >= 0
    AND used + released <= amount),
  CONSTRAINT fk_slip_line FOREIGN KEY (slip_id) REFERENCES st_slip (id)
) ENGINE=InnoDB;
-- Who came in on it: an employment uses one place, once.
CREATE TABLE st_slip_use (
  employment_id BIGINT NOT NULL PRIMARY KEY,
  line_id       BIGINT NOT NULL,
  person_id     BIGINT NOT NULL,
  case_id       BIGINT NOT NULL,
  used_on       DATE NOT NULL,
  KEY ix_slip_use (line_id),
  CONSTRAINT fk_slip_use_line FOREIGN KEY (line_id) REFERENCES st_slip_line (id),
  CONSTRAINT fk_slip_use_employment FOREIGN KEY (employment_id)
    REFERENCES st_employment (id)
) ENGINE=InnoDB;
