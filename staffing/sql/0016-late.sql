-- Who was late is counted for each page of 减少人员, beside many who were not.
-- SPDX-License-Identifier: MulanPSL-2.0
SET STATEMENT system_versioning_alter_history = KEEP FOR
ALTER TABLE st_exit ADD KEY ix_exit_late (late);
