-- Rows of a county's petition ledger that the stored records have something to say about.
-- Outcomes are those of importing/outcome.rs: 2 updated, 3 late, 8 unknown, 9 not assigned, 11 outdated.
-- Conclusions: 2 concluded, 3 closed. What was open may change as it likes, but its counts are cumulative.
SELECT v.row_id, v.sheet, v.row_number, v.number, v.division AS code, COALESCE(d.name, v.division) AS division, v.outcome,
    h.conclusion AS state_before, s.conclusion AS state_after,
    h.conclusion AS closure_before, s.conclusion AS closure_after,
    CASE WHEN h.conclusion >= 2 THEN h.substantiated END AS answer_before, s.substantiated AS answer_after,
    CASE WHEN h.conclusion >= 2 AND s.conclusion >= 2 THEN h.concluded_on END AS day_before, s.concluded_on AS day_after,
    COALESCE(CASE WHEN s.ordered < h.ordered THEN '责令整改 ' || h.ordered || ' → ' || s.ordered || '、' ELSE '' END
        || CASE WHEN s.penalised < h.penalised THEN '立案处罚 ' || h.penalised || ' → ' || s.penalised || '、' ELSE '' END
        || CASE WHEN s.criminal_cases < h.criminal_cases THEN '立案侦查 ' || h.criminal_cases || ' → ' || s.criminal_cases || '、' ELSE '' END
        || CASE WHEN s.admin_detained < h.admin_detained THEN '行政拘留 ' || h.admin_detained || ' → ' || s.admin_detained || '、' ELSE '' END
        || CASE WHEN s.criminal_detained < h.criminal_detained THEN '刑事拘留 ' || h.criminal_detained || ' → ' || s.criminal_detained || '、' ELSE '' END
        || CASE WHEN s.interviewed < h.interviewed THEN '约谈 ' || h.interviewed || ' → ' || s.interviewed || '、' ELSE '' END
        || CASE WHEN s.accountable < h.accountable THEN '问责 ' || h.accountable || ' → ' || s.accountable || '、' ELSE '' END
        || CASE WHEN s.fine_fen < h.fine_fen THEN '罚款 ' || (h.fine_fen / 100) || ' 元 → ' || (s.fine_fen / 100) || ' 元、' ELSE '' END, '') AS figures,
    b.record || '.' || b.part AS based_on, r.version || '.' || h.edition AS stored_version
FROM verdicts v
CROSS JOIN stage_context c
JOIN stage_petitions s ON s.row_id = v.row_id
LEFT JOIN petitions r ON r.inspection_id = c.inspection_id AND r.number = v.number
LEFT JOIN handlings h ON h.inspection_id = c.inspection_id AND h.number = v.number AND h.division = v.division
LEFT JOIN stage_bases b ON b.row_id = v.row_id
LEFT JOIN divisions d ON d.code = v.division
WHERE v.row_id > {after} AND (v.outcome >= 3 OR (v.outcome = 2 AND h.reported AND (
    h.conclusion >= 2 AND s.conclusion < h.conclusion
    OR h.conclusion >= 2 AND s.substantiated <> h.substantiated
    OR h.conclusion >= 2 AND s.conclusion >= 2 AND s.concluded_on <> h.concluded_on
    OR s.ordered < h.ordered OR s.penalised < h.penalised OR s.criminal_cases < h.criminal_cases OR s.admin_detained < h.admin_detained OR s.criminal_detained < h.criminal_detained OR s.interviewed < h.interviewed OR s.accountable < h.accountable OR s.fine_fen < h.fine_fen
)))
ORDER BY v.row_id LIMIT {piece}
