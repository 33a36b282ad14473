-- Applies the verdicts on the province's list of petitions: it owns every wording, and says whose parts there are.

-- Parts that are assigned now.
UPDATE handlings SET assigned = TRUE
FROM stage_assigned a CROSS JOIN stage_context c
JOIN verdicts v ON v.row_id = a.row_id
WHERE v.outcome = 2 AND handlings.inspection_id = c.inspection_id AND handlings.number = a.number
    AND handlings.division = a.division AND NOT handlings.assigned;

INSERT INTO handlings (
    inspection_id, number, division, assigned, reported, conclusion, content_hash, reported_on, version, import_id, sheet,
    row_number
)
SELECT
    c.inspection_id, a.number, a.division, TRUE, FALSE, 0, c.no_hash, c.reported_on, 1, c.import_id, v.sheet, v.row_number
FROM stage_assigned a
CROSS JOIN stage_context c
JOIN verdicts v ON v.row_id = a.row_id
LEFT JOIN handlings h ON h.inspection_id = c.inspection_id AND h.number = a.number AND h.division = a.division
WHERE v.outcome IN (1, 2) AND h.number IS NULL;

-- Parts that are assigned no more; what a division reported stays.
UPDATE handlings SET assigned = FALSE
FROM verdicts v CROSS JOIN stage_context c
WHERE v.outcome = 2 AND handlings.inspection_id = c.inspection_id AND handlings.number = v.number AND handlings.assigned
    AND NOT EXISTS (SELECT 1 FROM stage_assigned a WHERE a.row_id = v.row_id AND a.division = handlings.division);

DELETE FROM handlings
WHERE NOT assigned AND NOT reported
    AND inspection_id = (SELECT inspection_id FROM stage_context)
    AND number IN (SELECT number FROM verdicts WHERE outcome = 2);

-- The state of each petition touched, from all its parts; one without any is open.
CREATE TEMP TABLE derived AS
SELECT
    t.number, t.creates,
    MIN(CASE WHEN h.reported THEN h.conclusion ELSE 0 END) AS conclusion, -- a part that is not reported is open
    CASE WHEN MIN(h.substantiated) < 3 AND MAX(h.substantiated) = 3 THEN NULL ELSE MAX(h.substantiated) END AS substantiated,
    COALESCE(MIN(h.substantiated) < 3 AND MAX(h.substantiated) = 3, FALSE) AS contradictory,
    CASE WHEN COUNT(CASE WHEN h.reported AND h.conclusion >= 2 THEN h.concluded_on END) = COUNT(*)
        THEN MAX(h.concluded_on) END AS concluded_on
FROM (SELECT DISTINCT number, creates FROM verdicts WHERE outcome IN (1, 2)) t
CROSS JOIN stage_context c
LEFT JOIN handlings h ON h.inspection_id = c.inspection_id AND h.number = t.number
GROUP BY t.number, t.creates;

-- Petitions that exist: a new state, and a new version since one of their parts is new.
UPDATE petitions SET
    conclusion = d.conclusion, substantiated = d.substantiated, contradictory = d.contradictory,
    concluded_on = d.concluded_on,
    version = petitions.version + 1, updated_at_utc = c.at_utc
FROM derived d CROSS JOIN stage_context c
WHERE NOT d.creates AND petitions.inspection_id = c.inspection_id AND petitions.number = d.number;

-- Petitions that exist and whose wording is owned by this ledger.
UPDATE petitions SET
    batch = s.batch, channel = s.channel, received_on = s.received_on, key_case = s.key_case,
    merged_into = s.merged_into, duplicate_of = s.duplicate_of, complaint = s.complaint,
    pollution_kinds = s.pollution_kinds,
    registered = TRUE, owner = s.division, wording_hash = s.wording_hash, reported_on = c.reported_on,
    import_id = c.import_id, sheet = s.sheet, row_number = s.row_number
FROM verdicts v CROSS JOIN stage_context c
JOIN stage_petitions s ON s.row_id = v.row_id
WHERE v.outcome = 2 AND v.owns AND petitions.inspection_id = c.inspection_id AND petitions.number = v.number;

-- New petitions; a ledger that names one for several divisions words it in its first row.
INSERT INTO petitions (
    inspection_id, number,
    batch, channel, received_on, key_case, merged_into, duplicate_of, complaint, pollution_kinds,
    registered, owner, wording_hash, conclusion, substantiated, contradictory, concluded_on,
    reported_on, version, import_id, sheet, row_number, updated_at_utc
)
SELECT
    c.inspection_id, s.number,
    s.batch, s.channel, s.received_on, s.key_case, s.merged_into, s.duplicate_of, s.complaint, s.pollution_kinds,
    TRUE, s.division, s.wording_hash, d.conclusion, d.substantiated, d.contradictory, d.concluded_on,
    c.reported_on, 1, c.import_id, s.sheet, s.row_number, c.at_utc
FROM (SELECT MIN(row_id) AS row_id FROM verdicts WHERE creates AND outcome = 1 GROUP BY number) f
CROSS JOIN stage_context c
JOIN stage_petitions s ON s.row_id = f.row_id
JOIN derived d ON d.number = s.number;

-- The history, numbered behind the inspection's last revision; its row is locked by now.
INSERT INTO revisions (
    inspection_id, sequence, kind, number, division, change, before, after, import_id, sheet, row_number, actor, at_utc
)
SELECT
    c.inspection_id, c.last_sequence + ROW_NUMBER() OVER (ORDER BY v.row_id), 1, v.number, v.division, v.outcome,
    d.before, d.after, c.import_id, v.sheet, v.row_number, c.actor, c.at_utc
FROM verdicts v
CROSS JOIN stage_context c
LEFT JOIN stage_deltas d ON d.row_id = v.row_id
WHERE v.outcome IN (1, 2) OR (v.outcome = 3 AND NOT c.seen_before);
