-- What plugins of provinces ask about a person besides (dictionary, <record of="person">):
-- the value of each such field, as it stands.  SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE st_local (
  person_id BIGINT NOT NULL,
  field     VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,  -- begins with its plugin's name
  value     VARCHAR(2000) NOT NULL,
  PRIMARY KEY (person_id, field),
  CONSTRAINT fk_local_person FOREIGN KEY (person_id) REFERENCES st_person (id)
) ENGINE=InnoDB WITH SYSTEM VERSIONING;
