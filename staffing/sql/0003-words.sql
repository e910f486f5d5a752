-- The office's phone and a unit's further names stand with the scope, where the
-- platform finds them.  SPDX-License-Identifier: MulanPSL-2.0
UPDATE bz_scope s JOIN st_office o ON o.id = s.id SET s.phone = o.phone;
UPDATE bz_scope s JOIN st_unit u ON u.id = s.id
  SET s.words = CONCAT(u.short_name, ' ', u.pinyin);
ALTER TABLE st_office DROP COLUMN phone;
