-- Bianzhi: a sheet's copies keep the names that they were printed with, as its
-- title does.  NULL: issued before this was kept, with those of the business.
-- SPDX-License-Identifier: MulanPSL-2.0
ALTER TABLE bz_sheet
  ADD COLUMN copies VARCHAR(1000) NULL;  -- a line for each, first to last
