-- An older ledger says what is stored: it was said since then or, if something else was said in between, then as well.
-- {same} is a table with the keys of such rows; before it is dropped.

DELETE FROM {former}
WHERE EXISTS (
    SELECT 1 FROM {same} v CROSS JOIN stage_context c
    WHERE {condition} AND {former}.inspection_id = c.inspection_id AND {former}.number = v.number
        AND {former}.division = v.division AND {former}.since_on = c.reported_on
);

INSERT INTO {former} (inspection_id, number, division, since_on, {columns}, import_id)
SELECT h.inspection_id, h.number, h.division, c.reported_on, {stored}, c.import_id
FROM {same} v CROSS JOIN stage_context c
JOIN {part} h ON h.inspection_id = c.inspection_id AND h.number = v.number AND h.division = v.division
WHERE {condition} AND COALESCE(h.since_on, h.reported_on) > c.reported_on
    AND EXISTS (
        SELECT 1 FROM {former} f
        WHERE f.inspection_id = h.inspection_id AND f.number = h.number AND f.division = h.division
            AND f.since_on > c.reported_on
    );

UPDATE {part} SET since_on = c.reported_on
FROM {same} v CROSS JOIN stage_context c
WHERE {condition} AND {part}.inspection_id = c.inspection_id AND {part}.number = v.number
    AND {part}.division = v.division AND COALESCE({part}.since_on, {part}.reported_on) > c.reported_on
    AND NOT EXISTS (
        SELECT 1 FROM {former} f
        WHERE f.inspection_id = c.inspection_id AND f.number = v.number AND f.division = v.division
            AND f.since_on > c.reported_on
    );
