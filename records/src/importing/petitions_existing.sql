-- Petitions that were there before.

-- Petitions that exist and whose wording is owned by this ledger.
UPDATE petitions SET
    batch = s.batch, channel = s.channel, received_on = s.received_on, key_case = s.key_case,
    merged_into = s.merged_into, duplicate_of = s.duplicate_of, complaint = s.complaint,
    pollution_kinds = s.pollution_kinds,
    registered = c.register, owner = s.division, wording_hash = s.wording_hash,
    since_on = COALESCE(petitions.since_on, petitions.reported_on), reported_on = c.reported_on,
    import_id = c.import_id, sheet = s.sheet, row_number = s.row_number
FROM verdicts v CROSS JOIN stage_context c
JOIN stage_petitions s ON s.row_id = v.row_id
WHERE v.outcome = 2 AND v.owns AND petitions.inspection_id = c.inspection_id AND petitions.number = v.number
    AND (c.register OR petitions.wording_hash <> s.wording_hash);
