-- The inbox (A5.18), and what a scope is called and reached by.
-- SPDX-License-Identifier: MulanPSL-2.0
ALTER TABLE bz_scope
  ADD COLUMN phone VARCHAR(40) NOT NULL DEFAULT '',  -- of an office
  ADD COLUMN words VARCHAR(400) NOT NULL DEFAULT ''; -- what else it is found by

-- One row for each inbox.  What it says is made from the kind when it is shown:
-- no personal data stands in it.
CREATE TABLE bz_message (
  id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  scope_id    BIGINT NOT NULL,                   -- whose inbox
  operator_id BIGINT NULL,                       -- NULL: everybody's there
  business    VARCHAR(16) COLLATE utf8mb4_bin NOT NULL,
  kind        VARCHAR(16) COLLATE utf8mb4_bin NOT NULL,
              -- returned, approved, rejected, withdrawn
  case_id     BIGINT NOT NULL,
  at          DATETIME NOT NULL,
  KEY ix_message_scope (scope_id, id),
  KEY ix_message_case (case_id),
  CONSTRAINT fk_message_scope FOREIGN KEY (scope_id) REFERENCES bz_scope (id),
  CONSTRAINT fk_message_case FOREIGN KEY (case_id) REFERENCES bz_case (id)
) ENGINE=InnoDB;

-- What an operator has read: single messages, and all up to one.
CREATE TABLE bz_message_read (
  operator_id BIGINT NOT NULL,
  message_id  BIGINT NOT NULL,
  PRIMARY KEY (operator_id, message_id),
  CONSTRAINT fk_read_message FOREIGN KEY (message_id)
    REFERENCES bz_message (id)
) ENGINE=InnoDB;
CREATE TABLE bz_inbox (
  operator_id BIGINT NOT NULL PRIMARY KEY,
  read_to     BIGINT NOT NULL
) ENGINE=InnoDB;
