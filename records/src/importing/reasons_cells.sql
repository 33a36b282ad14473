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
