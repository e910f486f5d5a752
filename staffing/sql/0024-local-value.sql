-- Persons are found by what plugins of provinces ask about them (local-list.c).
-- SPDX-License-Identifier: MulanPSL-2.0
ALTER TABLE st_local ADD KEY ix_local_value (field, value(60), person_id);
