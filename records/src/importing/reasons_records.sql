-- Which record each warning is of: what is found across rows, or only at the end of a file, knows its row alone.
UPDATE stage_findings SET kind = s.kind, number = s.number, division = s.division
FROM (
    SELECT CAST(1 AS SMALLINT) AS kind, row_id, number, division FROM stage_petitions
    UNION ALL SELECT CAST(2 AS SMALLINT), row_id, number, division FROM stage_tasks
    UNION ALL SELECT CAST(3 AS SMALLINT), row_id, number, division FROM stage_indicators
    UNION ALL SELECT CAST(4 AS SMALLINT), row_id, number, division FROM stage_issues
    UNION ALL SELECT CAST(5 AS SMALLINT), row_id, number, division FROM stage_accountabilities
    UNION ALL SELECT CAST(6 AS SMALLINT), row_id, number, division FROM stage_activities
    UNION ALL SELECT CAST(7 AS SMALLINT), row_id, number, division FROM stage_alerts
    UNION ALL SELECT kind, row_id, number, division FROM stage_known
) s
WHERE s.row_id = stage_findings.row_id AND stage_findings.severity = 2 AND stage_findings.number IS NULL;
