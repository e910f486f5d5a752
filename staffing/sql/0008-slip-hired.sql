-- 招录结果: how many were chosen to come on a slip.  From then on it does not end by
-- its last day (A5.6).  SPDX-License-Identifier: MulanPSL-2.0
ALTER TABLE st_slip ADD COLUMN hired INT NOT NULL DEFAULT 0;
