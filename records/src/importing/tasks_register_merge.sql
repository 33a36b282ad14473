-- Applies the verdicts on the province's list of tasks: it owns every wording, and says whose parts there are.

-- Parts that are assigned now.
UPDATE task_progress SET assigned = TRUE
FROM stage_assigned a CROSS JOIN stage_context c
JOIN verdicts v ON v.row_id = a.row_id
WHERE v.outcome = 2 AND task_progress.inspection_id = c.inspection_id AND task_progress.number = a.number
    AND task_progress.division = a.division AND NOT task_progress.assigned;

INSERT INTO task_progress (
    inspection_id, number, division, assigned, reported, status, closure, content_hash, reported_on, version, import_id, sheet,
    row_number
)
SELECT
    c.inspection_id, a.number, a.division, TRUE, FALSE, 0, 0, c.no_hash, c.reported_on, 1, c.import_id, v.sheet, v.row_number
FROM stage_assigned a
CROSS JOIN stage_context c
JOIN verdicts v ON v.row_id = a.row_id
LEFT JOIN task_progress h ON h.inspection_id = c.inspection_id AND h.number = a.number AND h.division = a.division
WHERE v.outcome IN (1, 2) AND h.number IS NULL;

-- Parts that are assigned no more; what a division reported stays.
UPDATE task_progress SET assigned = FALSE
FROM verdicts v CROSS JOIN stage_context c
WHERE v.outcome = 2 AND task_progress.inspection_id = c.inspection_id AND task_progress.number = v.number AND task_progress.assigned
    AND NOT EXISTS (SELECT 1 FROM stage_assigned a WHERE a.row_id = v.row_id AND a.division = task_progress.division);

DELETE FROM task_progress
WHERE NOT assigned AND NOT reported
    AND inspection_id = (SELECT inspection_id FROM stage_context)
    AND number IN (SELECT number FROM verdicts WHERE outcome = 2);

-- The state of each task touched, from all its parts; one without any has not started.
CREATE TEMP TABLE derived AS
SELECT
    t.number, t.creates,
    MIN(CASE WHEN h.reported THEN h.status ELSE 0 END) AS status, -- a part that is not reported has not started
    CASE WHEN COUNT(CASE WHEN h.reported AND h.status = 4 THEN h.completed_on END) = COUNT(*)
        THEN MAX(h.completed_on) END AS completed_on,
    MIN(CASE WHEN h.reported THEN h.closure ELSE 0 END) AS closure,
    CASE WHEN COUNT(CASE WHEN h.reported AND h.closure = 5 THEN h.closed_on END) = COUNT(*)
        THEN MAX(h.closed_on) END AS closed_on
FROM (SELECT DISTINCT number, creates FROM verdicts WHERE outcome IN (1, 2)) t
CROSS JOIN stage_context c
LEFT JOIN task_progress h ON h.inspection_id = c.inspection_id AND h.number = t.number
GROUP BY t.number, t.creates;

-- Tasks that exist: a new state, and a new version since one of their parts is new.
UPDATE tasks SET
    status = d.status, completed_on = d.completed_on, closure = d.closure, closed_on = d.closed_on,
    version = tasks.version + 1, updated_at_utc = c.at_utc
FROM derived d CROSS JOIN stage_context c
WHERE NOT d.creates AND tasks.inspection_id = c.inspection_id AND tasks.number = d.number;

-- Tasks that exist and whose wording is owned by this ledger.
UPDATE tasks SET
    parent = s.parent, theme = s.theme, topic = s.topic, source = s.source, case_name = s.case_name,
    plan_years = s.plan_years, problem = s.problem, target = s.target, measures = s.measures,
    lead_unit = s.lead_unit, units = s.units, supervising_unit = s.supervising_unit,
    accepting_unit = s.accepting_unit, deadline_text = s.deadline_text, deadline_kind = s.deadline_kind,
    due_on = s.due_on, long_term = s.long_term,
    registered = TRUE, owner = s.division, wording_hash = s.wording_hash, reported_on = c.reported_on,
    import_id = c.import_id, sheet = s.sheet, row_number = s.row_number
FROM verdicts v CROSS JOIN stage_context c
JOIN stage_tasks s ON s.row_id = v.row_id
WHERE v.outcome = 2 AND v.owns AND tasks.inspection_id = c.inspection_id AND tasks.number = v.number;

-- New tasks; a ledger that names one for several divisions words it in its first row.
INSERT INTO tasks (
    inspection_id, number,
    parent, theme, topic, source, case_name, plan_years, problem, target, measures, lead_unit, units,
    supervising_unit, accepting_unit, deadline_text, deadline_kind, due_on, long_term,
    registered, owner, wording_hash, status, completed_on, closure, closed_on,
    reported_on, version, import_id, sheet, row_number, updated_at_utc
)
SELECT
    c.inspection_id, s.number,
    s.parent, s.theme, s.topic, s.source, s.case_name, s.plan_years, s.problem, s.target, s.measures, s.lead_unit,
    s.units, s.supervising_unit, s.accepting_unit, s.deadline_text, s.deadline_kind, s.due_on, s.long_term,
    TRUE, s.division, s.wording_hash, d.status, d.completed_on, d.closure, d.closed_on,
    c.reported_on, 1, c.import_id, s.sheet, s.row_number, c.at_utc
FROM (SELECT MIN(row_id) AS row_id FROM verdicts WHERE creates AND outcome = 1 GROUP BY number) f
CROSS JOIN stage_context c
JOIN stage_tasks s ON s.row_id = f.row_id
JOIN derived d ON d.number = s.number;

-- The history, numbered behind the inspection's last revision; its row is locked by now.
INSERT INTO revisions (
    inspection_id, sequence, kind, number, division, change, before, after, import_id, sheet, row_number, actor, at_utc
)
SELECT
    c.inspection_id, c.last_sequence + ROW_NUMBER() OVER (ORDER BY v.row_id), 2, v.number, v.division, v.outcome,
    d.before, d.after, c.import_id, v.sheet, v.row_number, c.actor, c.at_utc
FROM verdicts v
CROSS JOIN stage_context c
LEFT JOIN stage_deltas d ON d.row_id = v.row_id
WHERE v.outcome IN (1, 2) OR (v.outcome = 3 AND NOT c.seen_before);
