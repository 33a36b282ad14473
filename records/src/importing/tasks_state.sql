-- Tasks that exist: a new state, and a new version since one of their parts is new.
UPDATE tasks SET
    status = d.status, completed_on = d.completed_on, closure = d.closure, closed_on = d.closed_on,
    version = tasks.version + 1, updated_at_utc = c.at_utc
FROM derived d CROSS JOIN stage_context c
WHERE NOT d.creates AND tasks.inspection_id = c.inspection_id AND tasks.number = d.number;
