-- What this ledger says beside its rows.

-- For the comparisons with what was said before, by record, and beside a row.
CREATE INDEX stage_findings_by_record ON stage_findings (number, division, rule);
CREATE INDEX stage_findings_by_row ON stage_findings (row_number, sheet);

-- A text that stands for the record already came with its last marked copy and was not written anew: whether it still
-- holds, the cell says.
DELETE FROM stage_reasons WHERE EXISTS (
    SELECT 1 FROM stage_findings f
    CROSS JOIN stage_import i
    JOIN reasons r ON r.inspection_id = i.inspection_id AND r.number = f.number AND r.division = f.division
        AND r.kind = f.kind
    WHERE f.row_number = stage_reasons.row_number AND f.sheet = stage_reasons.sheet AND f.severity = 2
        AND r.reason = stage_reasons.reason
);

UPDATE stage_findings SET reason = (
    SELECT MIN(r.reason) FROM stage_reasons r
    WHERE r.sheet = stage_findings.sheet AND r.row_number = stage_findings.row_number
)
WHERE severity = 2 AND row_number IS NOT NULL;
