-- Others that said the same again and stand.
CREATE TEMP TABLE undo_dates AS
SELECT t.kind, t.part, t.number, t.division, t.holder, MAX(i.reported_on) AS reported_on
FROM undo_times t
JOIN undo_said s ON s.kind = t.kind AND s.number = t.number AND s.division = t.division
JOIN imports i ON i.id = s.import_id
JOIN import_verdicts v ON v.import_id = s.import_id AND v.state IN (6, 7)
WHERE v.verdict > t.low AND v.verdict < t.high
GROUP BY t.kind, t.part, t.number, t.division, t.holder;

UPDATE undo_times SET reported_on = d.reported_on
FROM undo_dates d
WHERE d.kind = undo_times.kind AND d.part = undo_times.part AND d.number = undo_times.number
    AND d.division = undo_times.division AND d.holder = undo_times.holder AND d.reported_on > undo_times.reported_on;

DROP TABLE undo_dates;
