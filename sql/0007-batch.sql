-- A batch answers with the cases that it was about: twenty ids in one address.
-- SPDX-License-Identifier: MulanPSL-2.0
ALTER TABLE bz_submission MODIFY answer VARCHAR(500) NULL;
