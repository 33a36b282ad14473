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
    c.register, s.division, s.wording_hash, d.status, d.completed_on, d.closure, d.closed_on,
    c.reported_on, 1, c.import_id, s.sheet, s.row_number, c.at_utc
FROM derived d
CROSS JOIN stage_context c
JOIN stage_tasks s ON s.row_id = d.row_id
WHERE d.creates;
