-- Which attempt at a form stored its row last: the outcome of a COMMIT that got no
-- answer is asked for by it.  SPDX-License-Identifier: MulanPSL-2.0
ALTER TABLE bz_submission ADD COLUMN attempt BIGINT NOT NULL DEFAULT 0;
