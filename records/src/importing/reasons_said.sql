-- What this ledger says beside its rows, and which warnings must be held against what their cells say.

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

-- A value that is not told, or only its beginning, is looked up in the record.
INSERT INTO stage_cells (kind, number, division, field, cell)
SELECT DISTINCT f.kind, f.number, f.division, f.field, CAST(NULL AS TEXT)
FROM stage_findings f CROSS JOIN stage_import i
WHERE f.severity = 2 AND f.number IS NOT NULL AND f.cell IS NULL AND (f.value = '' OR f.value LIKE '%…')
    AND (f.reason IS NOT NULL OR EXISTS (
        SELECT 1 FROM reasons r
        WHERE r.inspection_id = i.inspection_id AND r.number = f.number AND r.division = f.division
            AND r.kind = f.kind AND r.rule = f.rule AND r.field = f.field
    ));
