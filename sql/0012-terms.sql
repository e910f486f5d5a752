-- From when and how many working days a term runs, so that it can be counted
-- anew when the calendar of another year is loaded (A5.1).
-- SPDX-License-Identifier: MulanPSL-2.0
ALTER TABLE bz_case
  ADD COLUMN term_from DATE NULL,
  ADD COLUMN term_days INT NULL;
