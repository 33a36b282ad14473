-- Tasks that were there before.

-- Tasks that exist and whose wording is owned by this ledger.
UPDATE tasks SET
    parent = s.parent, theme = s.theme, topic = s.topic, source = s.source, case_name = s.case_name,
    plan_years = s.plan_years, problem = s.problem, target = s.target, measures = s.measures,
    lead_unit = s.lead_unit, units = s.units, supervising_unit = s.supervising_unit,
    accepting_unit = s.accepting_unit, deadline_text = s.deadline_text, deadline_kind = s.deadline_kind,
    due_on = s.due_on, long_term = s.long_term,
    registered = c.register, owner = s.division, wording_hash = s.wording_hash,
    since_on = COALESCE(tasks.since_on, tasks.reported_on), reported_on = c.reported_on,
    import_id = c.import_id, sheet = s.sheet, row_number = s.row_number
FROM verdicts v CROSS JOIN stage_context c
JOIN stage_tasks s ON s.row_id = v.row_id
WHERE v.outcome = 2 AND v.owns AND tasks.inspection_id = c.inspection_id AND tasks.number = v.number
    AND (c.register OR tasks.wording_hash <> s.wording_hash);
