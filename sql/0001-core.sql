-- The platform's own tables.  SPDX-License-Identifier: MulanPSL-2.0
-- Each statement ends with a semicolon at the end of its line.

-- The tree of scopes.  The ground knows no units: staffing says that a scope is
-- an office or a unit and keeps st_office.id, st_unit.id equal to bz_scope.id.
CREATE TABLE bz_scope (
  id        BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind      VARCHAR(16) NOT NULL,               -- office, unit
  parent_id BIGINT NULL,                        -- office or parent unit
  office_id BIGINT NULL,                        -- the office it belongs to; an
                                                -- office: its own id
  name      VARCHAR(200) NOT NULL,
  code      VARCHAR(32) COLLATE utf8mb4_bin NULL, -- what an administrator
                                                -- types: unit or division code
  UNIQUE KEY uq_scope_code (code),
  KEY ix_scope_parent (parent_id),
  CONSTRAINT fk_scope_parent FOREIGN KEY (parent_id) REFERENCES bz_scope (id)
) ENGINE=InnoDB;

-- Every ancestor of every scope, itself included: what an account may see.
CREATE TABLE bz_scope_path (
  ancestor_id BIGINT NOT NULL,
  scope_id    BIGINT NOT NULL,
  depth       INT NOT NULL,
  PRIMARY KEY (ancestor_id, scope_id),
  KEY ix_path_scope (scope_id, ancestor_id)
) ENGINE=InnoDB;

CREATE TABLE bz_secret (
  name  VARCHAR(32) NOT NULL PRIMARY KEY,
  value VARBINARY(64) NOT NULL
) ENGINE=InnoDB;

-- A unit account has a name and no password; its operators have passwords.
CREATE TABLE bz_account (
  id       BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name     VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
  kind     VARCHAR(16) NOT NULL DEFAULT 'unit',  -- unit, personal
  scope_id BIGINT NOT NULL,
  state    VARCHAR(16) NOT NULL DEFAULT 'active', -- active, closed
  UNIQUE KEY uq_account_name (name),
  CONSTRAINT fk_account_scope FOREIGN KEY (scope_id) REFERENCES bz_scope (id)
) ENGINE=InnoDB;

CREATE TABLE bz_operator (
  id             BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id     BIGINT NOT NULL,
  name           VARCHAR(64) NOT NULL,
  password_hash  VARCHAR(256) COLLATE utf8mb4_bin NOT NULL,
  password_state VARCHAR(8) NOT NULL DEFAULT 'first', -- first, set
  password_until DATETIME NULL,                  -- a first one expires
  failures       INT NOT NULL DEFAULT 0,
  locked_until   DATETIME NULL,
  state          VARCHAR(16) NOT NULL DEFAULT 'active',
  created_at     DATETIME NOT NULL,
  UNIQUE KEY uq_operator (account_id, name),
  CONSTRAINT fk_operator_account FOREIGN KEY (account_id)
    REFERENCES bz_account (id)
) ENGINE=InnoDB;

CREATE TABLE bz_operator_role (
  operator_id BIGINT NOT NULL,
  role        VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (operator_id, role),
  CONSTRAINT fk_role_operator FOREIGN KEY (operator_id)
    REFERENCES bz_operator (id)
) ENGINE=InnoDB;

CREATE TABLE bz_session (
  token_hash  BINARY(32) NOT NULL PRIMARY KEY,   -- SHA-256 of the cookie
  operator_id BIGINT NOT NULL,
  created_at  DATETIME NOT NULL,
  seen_at     DATETIME NOT NULL,                 -- written once a minute
  remote      VARCHAR(64) NOT NULL,
  KEY ix_session_operator (operator_id),
  CONSTRAINT fk_session_operator FOREIGN KEY (operator_id)
    REFERENCES bz_operator (id)
) ENGINE=InnoDB;

-- One row for each form key that was used; the answer is what the browser got.
CREATE TABLE bz_submission (
  form_key    BINARY(16) NOT NULL PRIMARY KEY,   -- the key's nonce
  operator_id BIGINT NOT NULL,
  path        VARCHAR(200) NOT NULL,
  answer      VARCHAR(200) NULL,                 -- address for the 303
  at          DATETIME NOT NULL,
  KEY ix_submission_at (at)
) ENGINE=InnoDB;

CREATE TABLE bz_audit_head (
  chain     VARCHAR(16) NOT NULL PRIMARY KEY,    -- work, refused
  seq       BIGINT NOT NULL,
  last_hash BINARY(32) NOT NULL
) ENGINE=InnoDB;
CREATE TABLE bz_audit (
  chain       VARCHAR(16) NOT NULL,
  seq         BIGINT NOT NULL,
  at          DATETIME(6) NOT NULL,
  operator_id BIGINT NOT NULL,                   -- 0: nobody, the system
  acting_for  BIGINT NOT NULL DEFAULT 0,         -- scope, when a parent acts
  remote      VARCHAR(64) NOT NULL,
  action      VARCHAR(64) NOT NULL,
  object_type VARCHAR(32) NOT NULL,
  object_id   BIGINT NOT NULL,
  result      VARCHAR(16) NOT NULL,
  detail      VARCHAR(1000) NOT NULL,
  prev_hash   BINARY(32) NOT NULL,
  hash        BINARY(32) NOT NULL,
  PRIMARY KEY (chain, seq),
  KEY ix_audit_object (object_type, object_id),
  KEY ix_audit_operator (operator_id, at)
) ENGINE=InnoDB;

CREATE TABLE bz_series (
  office_id BIGINT NOT NULL,
  kind      VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
  year      INT NOT NULL,
  last      INT NOT NULL,
  PRIMARY KEY (office_id, kind, year)
) ENGINE=InnoDB;

-- 申请单
CREATE TABLE bz_case (
  id              BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  business        VARCHAR(16) COLLATE utf8mb4_bin NOT NULL,
  process         VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
  process_version INT NOT NULL,
  scope_id        BIGINT NOT NULL,
  office_id       BIGINT NOT NULL,
  number          VARCHAR(32) NOT NULL,          -- 业务单号
  step            VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
  state           VARCHAR(16) COLLATE utf8mb4_bin NOT NULL,
                  -- draft, returned, open, done, rejected, cancelled
  head            MEDIUMTEXT NOT NULL,           -- <head>
  reason          VARCHAR(400) NOT NULL DEFAULT '', -- 业务事由
  items           INT NOT NULL DEFAULT 0,
  label           VARCHAR(100) NOT NULL DEFAULT '', -- 周文博 等3人
  result_number   VARCHAR(64) NULL,              -- 通知单编号
  created_by      BIGINT NOT NULL,
  created_at      DATETIME NOT NULL,
  submitted_by    BIGINT NULL,
  submitted_at    DATETIME NULL,
  opened_at       DATETIME NULL,
  closed_at       DATETIME NULL,
  due_on          DATE NULL,
  updated_at      DATETIME NOT NULL,
  version         INT NOT NULL DEFAULT 1,
  UNIQUE KEY uq_case_number (number),
  UNIQUE KEY uq_case_result (office_id, result_number),
  KEY ix_case_scope (business, scope_id, state, id),
  KEY ix_case_office (business, office_id, state, id),
  CONSTRAINT fk_case_scope FOREIGN KEY (scope_id) REFERENCES bz_scope (id)
) ENGINE=InnoDB;

CREATE TABLE bz_item (
  id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  case_id     BIGINT NOT NULL,
  seq         INT NOT NULL,
  label       VARCHAR(100) NOT NULL,             -- 姓名
  subject_key VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, -- 身份证号
  subject_id  BIGINT NULL,
  state       VARCHAR(16) COLLATE utf8mb4_bin NOT NULL,
              -- draft, ready, approved, returned, rejected
  body        MEDIUMTEXT NOT NULL,               -- <item>
  closed      TEXT NOT NULL DEFAULT '',          -- field TAB reason, a line each
  version     INT NOT NULL DEFAULT 1,
  KEY ix_item_case (case_id, seq),
  KEY ix_item_key (subject_key),
  CONSTRAINT fk_item_case FOREIGN KEY (case_id) REFERENCES bz_case (id)
) ENGINE=InnoDB;

CREATE TABLE bz_move (
  id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  case_id     BIGINT NOT NULL,
  move        VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
  from_step   VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
  to_step     VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
  operator_id BIGINT NOT NULL,
  opinion     VARCHAR(1000) NOT NULL DEFAULT '',
  at          DATETIME NOT NULL,
  KEY ix_move_case (case_id, id),
  CONSTRAINT fk_move_case FOREIGN KEY (case_id) REFERENCES bz_case (id)
) ENGINE=InnoDB;

-- What a return says of single fields.
CREATE TABLE bz_remark (
  id      BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  move_id BIGINT NOT NULL,
  item_id BIGINT NULL,                           -- NULL: of the head
  field   VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
  text    VARCHAR(400) NOT NULL,
  KEY ix_remark_move (move_id),
  CONSTRAINT fk_remark_move FOREIGN KEY (move_id) REFERENCES bz_move (id)
) ENGINE=InnoDB;

CREATE TABLE bz_blob (
  sha256     BINARY(32) NOT NULL PRIMARY KEY,
  size       BIGINT NOT NULL,
  type       VARCHAR(64) NOT NULL,
  created_at DATETIME NOT NULL
) ENGINE=InnoDB;
CREATE TABLE bz_blob_chunk (
  sha256 BINARY(32) NOT NULL,
  seq    INT NOT NULL,                           -- 256 KiB each
  data   MEDIUMBLOB NOT NULL,
  PRIMARY KEY (sha256, seq),
  CONSTRAINT fk_chunk_blob FOREIGN KEY (sha256) REFERENCES bz_blob (sha256)
) ENGINE=InnoDB;
CREATE TABLE bz_paper (
  id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  case_id    BIGINT NOT NULL,
  item_id    BIGINT NOT NULL DEFAULT 0,
  kind       VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
  sha256     BINARY(32) NOT NULL,
  file_name  VARCHAR(100) NOT NULL,
  created_by BIGINT NOT NULL,
  created_at DATETIME NOT NULL,
  KEY ix_paper_case (case_id, kind),
  CONSTRAINT fk_paper_case FOREIGN KEY (case_id) REFERENCES bz_case (id),
  CONSTRAINT fk_paper_blob FOREIGN KEY (sha256) REFERENCES bz_blob (sha256)
) ENGINE=InnoDB;

CREATE TABLE bz_print (
  id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  case_id     BIGINT NOT NULL,
  print       VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
  copies      INT NOT NULL,
  nth         INT NOT NULL,                      -- 1; 2: 补打第 1 次
  why         VARCHAR(200) NOT NULL DEFAULT '',
  operator_id BIGINT NOT NULL,
  at          DATETIME NOT NULL,
  UNIQUE KEY uq_print (case_id, print, nth),
  CONSTRAINT fk_print_case FOREIGN KEY (case_id) REFERENCES bz_case (id)
) ENGINE=InnoDB;

INSERT INTO bz_audit_head VALUES ('work', 0, REPEAT(X'00', 32)), ('refused', 0, REPEAT(X'00', 32));
