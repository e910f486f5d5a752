-- What a case held when it was last sent back, besides the values: its papers
-- and its items, so that the second look tells what came and what went.
-- SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE bz_paper_was (
  case_id   BIGINT NOT NULL,
  paper_id  BIGINT NOT NULL,             -- bz_paper, which may be gone
  item_id   BIGINT NOT NULL,
  kind      VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
  sha256    BINARY(32) NOT NULL,         -- to compare; the bytes may be gone
  file_name VARCHAR(100) NOT NULL,
  PRIMARY KEY (case_id, paper_id),
  CONSTRAINT fk_paper_was_case FOREIGN KEY (case_id) REFERENCES bz_case (id)
) ENGINE=InnoDB;
CREATE TABLE bz_item_was (
  case_id BIGINT NOT NULL,
  item_id BIGINT NOT NULL,               -- bz_item, which may be gone
  label   VARCHAR(100) NOT NULL,
  PRIMARY KEY (case_id, item_id),
  CONSTRAINT fk_item_was_case FOREIGN KEY (case_id) REFERENCES bz_case (id)
) ENGINE=InnoDB;

-- What was sent back before is compared from now on.
INSERT INTO bz_paper_was (case_id, paper_id, item_id, kind, sha256, file_name)
SELECT p.case_id, p.id, p.item_id, p.kind, p.sha256, p.file_name
FROM bz_paper p JOIN bz_case c ON c.id = p.case_id
WHERE c.return_id IS NOT NULL;
INSERT INTO bz_item_was (case_id, item_id, label)
SELECT i.case_id, i.id, i.label
FROM bz_item i JOIN bz_case c ON c.id = i.case_id
WHERE c.return_id IS NOT NULL;
