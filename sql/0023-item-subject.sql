-- Cases of a subject are found by its id: its number may have changed since.
-- SPDX-License-Identifier: MulanPSL-2.0
ALTER TABLE bz_item ADD KEY ix_item_subject (subject_id);
