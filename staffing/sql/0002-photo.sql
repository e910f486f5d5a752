-- Photos of persons, and leading posts above their number.
-- SPDX-License-Identifier: MulanPSL-2.0

-- The photo that stands now (照片): a paper of the case that brought it.
CREATE TABLE st_person_photo (
  person_id BIGINT NOT NULL PRIMARY KEY,
  paper_id  BIGINT NOT NULL,                     -- bz_paper.id
  since     DATE NOT NULL,
  CONSTRAINT fk_photo_person FOREIGN KEY (person_id) REFERENCES st_person (id)
) ENGINE=InnoDB WITH SYSTEM VERSIONING;

-- 超职数配备: by which paper an employment may stand above the approved number.
CREATE TABLE st_over_lead (
  employment_id BIGINT NOT NULL PRIMARY KEY,
  paper_id      BIGINT NOT NULL,
  CONSTRAINT fk_over_employment FOREIGN KEY (employment_id)
    REFERENCES st_employment (id)
) ENGINE=InnoDB;
