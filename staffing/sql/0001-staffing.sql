-- The tables of the staffing floor.  SPDX-License-Identifier: MulanPSL-2.0
-- Two times: business periods are half-open DATEs (valid_from, valid_to);
-- system versioning answers only what was recorded when.

CREATE TABLE st_office (
  id            BIGINT NOT NULL PRIMARY KEY,     -- = bz_scope.id
  division_code CHAR(6) NOT NULL,
  name          VARCHAR(100) NOT NULL,           -- 示例市委编办
  place         VARCHAR(8) NOT NULL,             -- {市} in number patterns
  phone         VARCHAR(40) NOT NULL DEFAULT '',
  UNIQUE KEY uq_office_division (division_code)
) ENGINE=InnoDB;

CREATE TABLE st_unit (
  id             BIGINT NOT NULL PRIMARY KEY,    -- = bz_scope.id
  unit_code      VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
  name           VARCHAR(200) NOT NULL,
  short_name     VARCHAR(100) NOT NULL,
  pinyin         VARCHAR(100) NOT NULL DEFAULT '',
  parent_id      BIGINT NULL,                    -- 主管部门
  office_id      BIGINT NOT NULL,
  unit_category  VARCHAR(8) NOT NULL,
  org_class      VARCHAR(8) NOT NULL DEFAULT '',
  org_nature     VARCHAR(8) NOT NULL DEFAULT '',
  system_class   VARCHAR(8) NOT NULL DEFAULT '',
  org_level      VARCHAR(8) NOT NULL,
  funding_form   VARCHAR(8) NOT NULL,
  division_code  CHAR(6) NOT NULL,
  uscc           VARCHAR(18) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
  institution_kind VARCHAR(40) NOT NULL DEFAULT '',
  civil_like     TINYINT NOT NULL DEFAULT 0,     -- 参公
  review_section VARCHAR(16) NOT NULL,           -- 行编科, 事编科
  note           VARCHAR(200) NOT NULL DEFAULT '',
  sort_order     INT NOT NULL,
  UNIQUE KEY uq_unit_code (unit_code),
  KEY ix_unit_parent (parent_id),
  KEY ix_unit_order (sort_order, id),
  CONSTRAINT fk_unit_office FOREIGN KEY (office_id) REFERENCES st_office (id)
) ENGINE=InnoDB WITH SYSTEM VERSIONING;

CREATE TABLE st_organ (
  id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organ_code VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
  unit_id    BIGINT NOT NULL,
  name       VARCHAR(100) NOT NULL,
  org_level  VARCHAR(8) NOT NULL,
  quota      INT NOT NULL,
  sort_order INT NOT NULL,
  UNIQUE KEY uq_organ_code (organ_code),
  KEY ix_organ_unit (unit_id, sort_order),
  CONSTRAINT fk_organ_unit FOREIGN KEY (unit_id) REFERENCES st_unit (id)
) ENGINE=InnoDB;

-- 职务列表: the leadership posts that the office has approved.
CREATE TABLE st_post (
  id           BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  post_code    VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  unit_id      BIGINT NOT NULL,
  organ_id     BIGINT NULL,                      -- NULL: of the unit itself
  name         VARCHAR(100) NOT NULL,
  leader_class VARCHAR(8) NOT NULL,
  post_level   VARCHAR(8) NOT NULL,
  quota        INT NOT NULL,
  sort_order   INT NOT NULL,
  UNIQUE KEY uq_post_code (post_code),
  KEY ix_post_unit (unit_id, sort_order),
  CONSTRAINT fk_post_unit FOREIGN KEY (unit_id) REFERENCES st_unit (id),
  CONSTRAINT fk_post_organ FOREIGN KEY (organ_id) REFERENCES st_organ (id)
) ENGINE=InnoDB;

CREATE TABLE st_person (
  id              BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name            VARCHAR(100) NOT NULL,
  sex             VARCHAR(2) NOT NULL,
  id_number       VARCHAR(18) COLLATE utf8mb4_bin NOT NULL,
  birth_date      DATE NOT NULL,
  ethnic          VARCHAR(4) NOT NULL,
  native_place    VARCHAR(100) NOT NULL DEFAULT '',
  political       VARCHAR(4) NOT NULL,
  party_join_date DATE NULL,
  work_start      DATE NOT NULL,
  education       VARCHAR(4) NOT NULL,
  degree          VARCHAR(4) NOT NULL DEFAULT '',
  school          VARCHAR(100) NOT NULL DEFAULT '',
  major           VARCHAR(100) NOT NULL DEFAULT '',
  graduation_date DATE NULL,
  identity        VARCHAR(4) NOT NULL DEFAULT '',   -- 人员身份
  staffing_start  DATE NULL,                        -- 入编时间
  civil_registered TINYINT NOT NULL DEFAULT 0,
  version         INT NOT NULL DEFAULT 1,
  UNIQUE KEY uq_person_number (id_number),
  KEY ix_person_name (name)
) ENGINE=InnoDB WITH SYSTEM VERSIONING;

-- 在编关系.  The database itself refuses a second place for one person at one
-- time.  valid_to of an open one is 9999-12-31.
CREATE TABLE st_employment (
  id              BIGINT NOT NULL AUTO_INCREMENT,
  person_id       BIGINT NOT NULL,
  unit_id         BIGINT NOT NULL,
  valid_from      DATE NOT NULL,                    -- 本单位入编时间
  valid_to        DATE NOT NULL DEFAULT '9999-12-31',
  staffing_type   VARCHAR(4) COLLATE utf8mb4_bin NOT NULL,
  funding         VARCHAR(4) COLLATE utf8mb4_bin NOT NULL,
  structure       VARCHAR(4) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
  admin_use       VARCHAR(4) NOT NULL DEFAULT '',
  person_status   VARCHAR(4) NOT NULL,
  post_category   VARCHAR(4) NOT NULL DEFAULT '',
  post_grade      VARCHAR(8) NOT NULL DEFAULT '',
  politics_law    VARCHAR(4) NOT NULL DEFAULT '',
  civil_rank      VARCHAR(8) NOT NULL DEFAULT '',
  wage_source     VARCHAR(4) NOT NULL DEFAULT '',
  organ_id        BIGINT NULL,
  entry_mode      VARCHAR(4) NOT NULL,
  from_unit       VARCHAR(200) NOT NULL DEFAULT '',
  from_staffing_type VARCHAR(4) NOT NULL DEFAULT '',
  entry_paper     VARCHAR(100) NOT NULL DEFAULT '', -- 控编文号
  exit_reason     VARCHAR(4) NULL,
  quota_code      VARCHAR(8) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
                  -- under which type the quota book counts it; '': it does not
  quota_structure VARCHAR(8) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
                  -- and under which structure
  entry_case_id   BIGINT NULL,
  exit_case_id    BIGINT NULL,
  version         INT NOT NULL DEFAULT 1,
  PERIOD FOR valid (valid_from, valid_to),
  PRIMARY KEY (id),
  UNIQUE KEY uq_employment_person (person_id, valid WITHOUT OVERLAPS),
  KEY ix_employment_unit (unit_id, valid_to, staffing_type),
  KEY ix_employment_end (valid_to),
  CONSTRAINT fk_employment_person FOREIGN KEY (person_id)
    REFERENCES st_person (id),
  CONSTRAINT fk_employment_unit FOREIGN KEY (unit_id) REFERENCES st_unit (id)
) ENGINE=InnoDB WITH SYSTEM VERSIONING;

-- 任行政职务情况
CREATE TABLE st_duty (
  id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  employment_id BIGINT NOT NULL,
  seq           INT NOT NULL,
  post_id       BIGINT NULL,                        -- NULL: 无职务, 非领导
  duty          VARCHAR(16) NOT NULL,               -- "0", "901" or post_code
  name          VARCHAR(100) NOT NULL,              -- as shown
  appointment_type VARCHAR(4) NOT NULL DEFAULT '1',
  doc_no        VARCHAR(100) NOT NULL DEFAULT '',
  appoint_date  DATE NULL,
  KEY ix_duty_employment (employment_id, seq),
  KEY ix_duty_post (post_id),
  CONSTRAINT fk_duty_employment FOREIGN KEY (employment_id)
    REFERENCES st_employment (id),
  CONSTRAINT fk_duty_post FOREIGN KEY (post_id) REFERENCES st_post (id)
) ENGINE=InnoDB WITH SYSTEM VERSIONING;

-- 聘(评)专业技术职务情况
CREATE TABLE st_qualification (
  id           BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  person_id    BIGINT NOT NULL,
  seq          INT NOT NULL,
  kind         VARCHAR(8) NOT NULL,                 -- title, worker
  title_code   VARCHAR(16) NOT NULL,             -- professional_title or
                                                    -- worker_grade, by kind
  title_name   VARCHAR(100) NOT NULL,
  level        VARCHAR(8) NOT NULL DEFAULT '',   -- title_level
  acquire_way  VARCHAR(8) NOT NULL DEFAULT '',
  approval_body VARCHAR(100) NOT NULL DEFAULT '',
  acquire_date DATE NULL,
  specialty    VARCHAR(100) NOT NULL DEFAULT '',
  cert_no      VARCHAR(64) NOT NULL DEFAULT '',
  employed     TINYINT NOT NULL DEFAULT 0,
  employ_date  DATE NULL,
  KEY ix_qualification_person (person_id, seq),
  CONSTRAINT fk_qualification_person FOREIGN KEY (person_id)
    REFERENCES st_person (id)
) ENGINE=InnoDB WITH SYSTEM VERSIONING;

-- 编制总账: balances beside their postings, changed in the same transaction.
-- book: type (编制类型), structure (编制结构), lead (领导职数 class).
CREATE TABLE st_quota (
  unit_id  BIGINT NOT NULL,
  book     VARCHAR(16) COLLATE utf8mb4_bin NOT NULL,
  code     VARCHAR(8) COLLATE utf8mb4_bin NOT NULL,
  approved INT NOT NULL DEFAULT 0,
  occupied INT NOT NULL DEFAULT 0,
  reserved INT NOT NULL DEFAULT 0,
  incoming INT NOT NULL DEFAULT 0,
  outgoing INT NOT NULL DEFAULT 0,
  PRIMARY KEY (unit_id, book, code),
  CONSTRAINT ck_quota_signs CHECK (approved >= 0 AND occupied >= 0
    AND reserved >= 0 AND incoming >= 0 AND outgoing >= 0),
  CONSTRAINT fk_quota_unit FOREIGN KEY (unit_id) REFERENCES st_unit (id)
) ENGINE=InnoDB;
CREATE TABLE st_quota_posting (
  id        BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  unit_id   BIGINT NOT NULL,
  book      VARCHAR(16) COLLATE utf8mb4_bin NOT NULL,
  code      VARCHAR(8) COLLATE utf8mb4_bin NOT NULL,
  account   VARCHAR(16) COLLATE utf8mb4_bin NOT NULL, -- approved, occupied ...
  amount    INT NOT NULL,
  posted_on DATE NOT NULL,
  case_id   BIGINT NULL,
  person_id BIGINT NULL,
  paper     VARCHAR(200) NOT NULL DEFAULT '',         -- 批准文号
  recorded_at DATETIME NOT NULL,
  KEY ix_posting_book (unit_id, book, code, account, posted_on),
  KEY ix_posting_case (case_id),
  CONSTRAINT fk_posting_quota FOREIGN KEY (unit_id, book, code)
    REFERENCES st_quota (unit_id, book, code)
) ENGINE=InnoDB;
