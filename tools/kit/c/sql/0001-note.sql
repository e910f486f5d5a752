-- Who has come on staff since this plugin is there.
CREATE TABLE @NAME@_note (
  id        BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  case_id   BIGINT NOT NULL,
  noted_on  DATE NOT NULL,
  UNIQUE KEY uq_@NAME@_note (case_id, person_id),
  KEY ix_@NAME@_note_person (person_id),
  CONSTRAINT fk_@NAME@_note_person FOREIGN KEY (person_id) REFERENCES st_person (id),
  CONSTRAINT fk_@NAME@_note_case FOREIGN KEY (case_id) REFERENCES bz_case (id)
) ENGINE=InnoDB;
