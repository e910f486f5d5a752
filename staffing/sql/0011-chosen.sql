-- 录用人员: who was chosen to come on a slip, where the result names them (A5.6).  Who
-- of them has come is told by st_slip_use.  SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE st_slip_chosen (
  id        BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  slip_id   BIGINT NOT NULL,
  name      VARCHAR(100) NOT NULL,
  sex       VARCHAR(2) NOT NULL,
  id_number VARCHAR(18) COLLATE utf8mb4_bin NOT NULL,
  case_id   BIGINT NOT NULL,
  chosen_on DATE NOT NULL,
  UNIQUE KEY uq_slip_chosen (slip_id, id_number),
  CONSTRAINT fk_slip_chosen FOREIGN KEY (slip_id) REFERENCES st_slip (id)
) ENGINE=InnoDB;
