-- Issues that decisions name and nobody has listed: they count, and have a title if a decision carries it. They are the
-- province's, as listed ones are, and no row of the ledger.
INSERT INTO before_accountability_issues
SELECT DISTINCT c.import_id, i.*
FROM stage_accountabilities s
CROSS JOIN stage_context c
JOIN verdicts v ON v.row_id = s.row_id
JOIN accountability_issues i ON i.inspection_id = c.inspection_id AND i.number = s.issue
WHERE v.outcome IN (1, 2) AND s.issue_title IS NOT NULL AND i.title = '' AND NOT i.registered;

UPDATE accountability_issues SET title = n.title, version = version + 1, updated_at_utc = n.at_utc
FROM (
    SELECT c.inspection_id, s.issue, MIN(s.issue_title) AS title, c.at_utc
    FROM stage_accountabilities s
    CROSS JOIN stage_context c
    JOIN verdicts v ON v.row_id = s.row_id
    WHERE v.outcome IN (1, 2) AND s.issue_title IS NOT NULL
    GROUP BY c.inspection_id, s.issue, c.at_utc
) n
WHERE accountability_issues.inspection_id = n.inspection_id AND accountability_issues.number = n.issue
    AND accountability_issues.title = '' AND NOT accountability_issues.registered;

INSERT INTO accountability_issues (
    inspection_id, division, number, title, content_hash, registered, reported_on, version, import_id, sheet, row_number,
    updated_at_utc
)
SELECT
    c.inspection_id, i.province, s.issue, COALESCE(MIN(s.issue_title), ''), c.no_hash, FALSE, c.reported_on, 1,
    c.import_id, MIN(s.sheet), MIN(s.row_number), c.at_utc
FROM stage_accountabilities s
CROSS JOIN stage_context c
JOIN inspections i ON i.id = c.inspection_id
JOIN verdicts v ON v.row_id = s.row_id
LEFT JOIN accountability_issues h
    ON h.inspection_id = c.inspection_id AND h.division = i.province AND h.number = s.issue
WHERE v.outcome IN (1, 2) AND s.issue IS NOT NULL AND h.number IS NULL
GROUP BY c.inspection_id, i.province, s.issue, c.no_hash, c.reported_on, c.import_id, c.at_utc;
