-- Who opens an employment passes here, one after the other.  The index of periods
-- (WITHOUT OVERLAPS) locks the gap behind its last person before it inserts there:
-- two transactions that are in it at once can only deadlock, and eight that try again
-- and again meet again and again.  SPDX-License-Identifier: MulanPSL-2.0
CREATE TABLE st_gate (id TINYINT NOT NULL PRIMARY KEY) ENGINE=InnoDB;
INSERT INTO st_gate VALUES (1);
