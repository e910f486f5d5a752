-- A reprint shows what the sheet showed when it was issued, whatever has been
-- renamed since.  Sheets of before have kept unit, number and date only.
-- SPDX-License-Identifier: MulanPSL-2.0
ALTER TABLE bz_sheet
  ADD COLUMN issuer VARCHAR(200) NULL,  -- the office's name
  ADD COLUMN own MEDIUMTEXT NULL;       -- <own>: what the business added
