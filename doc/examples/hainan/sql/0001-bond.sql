-- Who has promised to stay until when.  SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE hainan_bond (
  id           BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  person_id    BIGINT NOT NULL,
  case_id      BIGINT NOT NULL,      -- the entry that says so
  until_on     DATE NOT NULL,
  state        ENUM('held', 'over', 'left') NOT NULL DEFAULT 'held',
  exit_case_id BIGINT NULL,          -- left: by this exit
  UNIQUE KEY uq_hainan_bond (case_id, person_id),
  KEY ix_hainan_bond_person (person_id, state),
  KEY ix_hainan_bond_until (state, until_on),
  CONSTRAINT fk_hainan_bond_person FOREIGN KEY (person_id) REFERENCES st_person (id),
  CONSTRAINT fk_hainan_bond_case FOREIGN KEY (case_id) REFERENCES bz_case (id)
) ENGINE=InnoDB;
