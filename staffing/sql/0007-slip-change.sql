-- What was changed of a slip after it was granted: 延期, 部分核减, 撤销, 变更用编形式
-- (A5.6), and what its end took back.  SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE st_slip_change (
  id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  slip_id    BIGINT NOT NULL,
  line_id    BIGINT NULL,                       -- NULL: of the whole slip
  action     VARCHAR(8) COLLATE utf8mb4_bin NOT NULL, -- code of slip_action
  amount     INT NOT NULL DEFAULT 0,            -- places given back or turned
  old_until  DATE NULL,
  new_until  DATE NULL,
  entry_mode VARCHAR(4) COLLATE utf8mb4_bin NOT NULL DEFAULT '', -- the new one
  case_id    BIGINT NOT NULL,
  changed_on DATE NOT NULL,
  KEY ix_slip_change (slip_id, id),
  CONSTRAINT fk_slip_change FOREIGN KEY (slip_id) REFERENCES st_slip (id)
) ENGINE=InnoDB;
