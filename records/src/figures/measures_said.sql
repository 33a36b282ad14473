-- What each division's latest ledger by day $2 said of its parts of petitions.
WITH {areas},
said AS (
    SELECT number, division, COALESCE(since_on, reported_on) AS since_on, import_id, sheet, row_number,
        ordered, penalised, fine_fen, criminal_cases, admin_detained, criminal_detained, interviewed, accountable
    FROM handlings WHERE inspection_id = $1 AND reported
    UNION ALL
    SELECT number, division, since_on, import_id, '' AS sheet, 0 AS row_number,
        ordered, penalised, fine_fen, criminal_cases, admin_detained, criminal_detained, interviewed, accountable
    FROM former_handlings WHERE inspection_id = $1
),
ranked AS (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY number, division ORDER BY since_on DESC) AS place
    FROM said WHERE since_on <= $2
)
