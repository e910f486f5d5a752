-- When an item came into its case: who is added to one that was returned has not been
-- handed in with the others.  One from before this column has been there from the
-- beginning.  SPDX-License-Identifier: MulanPSL-2.0
ALTER TABLE bz_item
  ADD COLUMN added_at DATETIME NOT NULL DEFAULT '2000-01-01 00:00:00' AFTER state;
