-- 超职数配备: each leading post above its number names its paper, so that a paper
-- covers no more than what it was needed for.  Which of two posts an older paper
-- was for is not known: it stays with both.
-- SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE st_over_duty (
  employment_id BIGINT NOT NULL,
  seq           INT NOT NULL,                         -- of st_duty
  paper_id      BIGINT NOT NULL,
  PRIMARY KEY (employment_id, seq),
  CONSTRAINT fk_over_duty FOREIGN KEY (employment_id)
    REFERENCES st_employment (id)
) ENGINE=InnoDB;
INSERT INTO st_over_duty (employment_id, seq, paper_id)
  SELECT o.employment_id, d.seq, o.paper_id
  FROM st_over_lead o
  JOIN st_duty d ON d.employment_id = o.employment_id AND d.post_id IS NOT NULL;
DROP TABLE st_over_lead;
