-- Why warnings stand. A reason belongs to a rule and a field of a record, and holds for the value it was given for.

UPDATE stage_findings SET cell = c.cell
FROM stage_cells c
WHERE c.cell IS NOT NULL AND c.number = stage_findings.number AND c.division = stage_findings.division
    AND c.kind = stage_findings.kind AND c.field = stage_findings.field AND stage_findings.severity = 2
    AND stage_findings.cell IS NULL AND (stage_findings.value = '' OR stage_findings.value LIKE '%…');

-- What was said before of the same value.
UPDATE stage_findings SET reason = (
    SELECT r.reason FROM reasons r JOIN stage_import i ON i.inspection_id = r.inspection_id
    WHERE r.kind = stage_findings.kind AND r.number = stage_findings.number AND r.division = stage_findings.division
        AND r.rule = stage_findings.rule AND r.field = stage_findings.field
        AND r.value = COALESCE(stage_findings.cell, stage_findings.value)
)
WHERE severity = 2 AND number IS NOT NULL AND reason IS NULL;

-- A reason lapses when the cell changes, and gives way to a newer one. It comes back if this import is undone.
INSERT INTO before_reasons
SELECT i.import_id, r.*
FROM stage_import i
JOIN reasons r ON r.inspection_id = i.inspection_id
WHERE EXISTS (
    SELECT 1 FROM stage_findings f
    WHERE f.severity = 2 AND f.kind = r.kind AND f.number = r.number AND f.division = r.division
        AND f.rule = r.rule AND f.field = r.field
        AND (f.reason IS NULL OR COALESCE(f.cell, f.value) <> r.value OR f.reason <> r.reason)
);

DELETE FROM reasons WHERE EXISTS (
    SELECT 1 FROM stage_findings f JOIN stage_import i ON i.inspection_id = reasons.inspection_id
    WHERE f.severity = 2 AND f.kind = reasons.kind AND f.number = reasons.number AND f.division = reasons.division
        AND f.rule = reasons.rule AND f.field = reasons.field
        AND (f.reason IS NULL OR COALESCE(f.cell, f.value) <> reasons.value OR f.reason <> reasons.reason)
);

INSERT INTO reasons (
    inspection_id, kind, number, division, rule, field, value, reason, given_by, given_at_utc, import_id
)
SELECT
    i.inspection_id, f.kind, f.number, f.division, f.rule, f.field, MIN(COALESCE(f.cell, f.value)), MIN(f.reason),
    i.actor, i.at_utc, i.import_id
FROM stage_findings f CROSS JOIN stage_import i
WHERE f.severity = 2 AND f.number IS NOT NULL AND f.reason IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM reasons r
    WHERE r.inspection_id = i.inspection_id AND r.kind = f.kind AND r.number = f.number AND r.division = f.division
        AND r.rule = f.rule AND r.field = f.field
)
GROUP BY i.inspection_id, f.kind, f.number, f.division, f.rule, f.field, i.actor, i.at_utc, i.import_id;
