-- Chains as data: who serves whom, terms, returns, parts of a case.
-- SPDX-License-Identifier: MulanPSL-2.0

-- The desk of the office that serves a scope, and the desk that an operator
-- sits at; NULL: any.
ALTER TABLE bz_scope ADD COLUMN desk VARCHAR(32) COLLATE utf8mb4_bin NULL;
ALTER TABLE bz_operator ADD COLUMN desk VARCHAR(32) COLLATE utf8mb4_bin NULL;

ALTER TABLE bz_case
  ADD COLUMN passed BOOLEAN NOT NULL DEFAULT 0, -- on from where it was handed in
  ADD COLUMN return_id BIGINT NULL,             -- bz_move that sent it back last
  ADD COLUMN split_from BIGINT NULL,            -- bz_case that it was part of
  ADD COLUMN head_was MEDIUMTEXT NULL,          -- head when it was sent back
  ADD KEY ix_case_split (split_from);
ALTER TABLE bz_item
  ADD COLUMN body_was MEDIUMTEXT NULL;          -- body when it was sent back
ALTER TABLE bz_move
  ADD COLUMN acting_for BIGINT NULL;            -- scope, as in bz_audit
