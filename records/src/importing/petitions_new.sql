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
    c.register, s.division, s.wording_hash, d.conclusion, d.substantiated, d.contradictory, d.concluded_on,
    c.reported_on, 1, c.import_id, s.sheet, s.row_number, c.at_utc
FROM derived d
CROSS JOIN stage_context c
JOIN stage_petitions s ON s.row_id = d.row_id
WHERE d.creates;
