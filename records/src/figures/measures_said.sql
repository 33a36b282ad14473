-- What each division's latest ledger by day $2 said of its parts of petitions; nothing where it had said nothing.
WITH {areas},
changed AS (
    SELECT DISTINCT f.number, f.division FROM former_handlings f
    JOIN handlings h ON h.inspection_id = f.inspection_id AND h.number = f.number AND h.division = f.division
    WHERE f.inspection_id = $1
),
said AS (
    SELECT h.number, h.division, COALESCE(h.since_on, h.reported_on) AS since_on, h.import_id, h.sheet, h.row_number,
        h.ordered, h.penalised, h.fine_fen, h.criminal_cases, h.admin_detained, h.criminal_detained, h.interviewed,
        h.accountable
    FROM changed c
    JOIN handlings h ON h.inspection_id = $1 AND h.number = c.number AND h.division = c.division
    WHERE h.reported
    UNION ALL
    SELECT f.number, f.division, f.since_on, f.import_id, '', 0,
        f.ordered, f.penalised, f.fine_fen, f.criminal_cases, f.admin_detained, f.criminal_detained, f.interviewed,
        f.accountable
    FROM changed c
    JOIN former_handlings f ON f.inspection_id = $1 AND f.number = c.number AND f.division = c.division
    UNION ALL
    SELECT number, division, NULL, '', '', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM changed -- before anything was said
),
ranked AS (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY number, division ORDER BY since_on DESC NULLS LAST) AS place
    FROM said WHERE since_on IS NULL OR since_on <= $2
),
parts AS (
    SELECT number, division, since_on IS NOT NULL AS reported, import_id, sheet, row_number,
        ordered, penalised, fine_fen, criminal_cases, admin_detained, criminal_detained, interviewed, accountable
    FROM ranked WHERE place = 1
    UNION ALL
    SELECT h.number, h.division, h.reported AND COALESCE(h.since_on, h.reported_on) <= $2, h.import_id, h.sheet, h.row_number,
        h.ordered, h.penalised, h.fine_fen, h.criminal_cases, h.admin_detained, h.criminal_detained, h.interviewed,
        h.accountable
    FROM handlings h
    WHERE h.inspection_id = $1 AND NOT EXISTS (
        SELECT 1 FROM former_handlings f
        WHERE f.inspection_id = h.inspection_id AND f.number = h.number AND f.division = h.division
    )
)
