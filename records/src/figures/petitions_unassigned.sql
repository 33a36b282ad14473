UNION ALL
    SELECT '{root}' AS area, p.number, 0 AS conclusion, NULL AS substantiated, FALSE AS contradictory
    FROM petitions p
    WHERE p.inspection_id = $1 AND NOT EXISTS (
        SELECT 1 FROM handlings h WHERE h.inspection_id = p.inspection_id AND h.number = p.number
    )
