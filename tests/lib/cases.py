# Many cases at once, by SQL, for plans and measurements.  SPDX-License-Identifier: MulanPSL-2.0


def many_cases(place, cases, still_open):
    """CASES cases, the first STILL_OPEN of them not ended, spread over all units: an item and a message each, and every
    message once more for one unit."""
    place.sql("""START TRANSACTION;
      INSERT INTO bz_case (business, process, process_version, scope_id, office_id, number, step, state, head, label, created_by, created_at, updated_at, due_on)
        SELECT 'entry', 'counter', 1, u.id, s.office_id, CONCAT('试', seq), IF(seq > %(open)d, 'done', IF(seq %% 2, 'review', 'draft')),
               IF(seq > %(open)d, 'done', IF(seq %% 2, 'open', 'draft')), '<head/>', '某人', 1, NOW(), NOW(), '2026-12-01'
        FROM seq_1_to_%(cases)d JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS n FROM st_unit) u
          ON u.n = seq %% (SELECT COUNT(*) FROM st_unit) JOIN bz_scope s ON s.id = u.id;
      INSERT INTO bz_item (case_id, seq, label, subject_key, state, body) SELECT id, 1, '某人', number, 'ready', '<item/>' FROM bz_case;
      INSERT INTO bz_message (scope_id, business, kind, case_id, at) SELECT scope_id, business, 'returned', id, NOW() + INTERVAL 1 DAY FROM bz_case;
      INSERT INTO bz_message (scope_id, business, kind, case_id, at) SELECT %(loud)s, business, 'returned', id, NOW() + INTERVAL 1 DAY FROM bz_case;
      COMMIT; ANALYZE TABLE bz_message, bz_case, bz_item, st_person, st_employment, st_unit, bz_scope, bz_scope_path;""" % {
        "open": still_open, "cases": cases, "loud": "(SELECT MIN(id) FROM st_unit)"})
    assert int(place.one("SELECT COUNT(*) FROM bz_case")) == cases
