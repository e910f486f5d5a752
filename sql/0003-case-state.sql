-- What waits is a small part of all cases: the workbench and the lists read it
-- by its state.  SPDX-License-Identifier: MulanPSL-2.0
CREATE INDEX ix_case_state ON bz_case (state, business, scope_id);
