-- Petitions that exist: a new state, and a new version since one of their parts is new.
UPDATE petitions SET
    conclusion = d.conclusion, substantiated = d.substantiated, contradictory = d.contradictory,
    concluded_on = d.concluded_on,
    version = petitions.version + 1, updated_at_utc = c.at_utc
FROM derived d CROSS JOIN stage_context c
WHERE NOT d.creates AND petitions.inspection_id = c.inspection_id AND petitions.number = d.number;
