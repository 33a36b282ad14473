-- The same for rows that became records before the commit.
CREATE TEMP TABLE early_rows AS
SELECT h.sheet, h.row_number, h.number, h.division
FROM stage_import i JOIN handlings h ON h.inspection_id = i.inspection_id AND h.import_id = i.import_id;
CREATE INDEX early_rows_by_row ON early_rows (row_number, sheet);

UPDATE stage_findings SET kind = 1, number = e.number, division = e.division
FROM early_rows e
WHERE e.row_number = stage_findings.row_number AND e.sheet = stage_findings.sheet
    AND stage_findings.severity = 2 AND stage_findings.number IS NULL;

DROP TABLE early_rows;
