-- SQLite only: from here on, a row staged with a sequence becomes a petition, its part and their revision at once. One
-- statement with the row's values in the place of three spares binding each value again.
-- FAIL and not ABORT, which would save every page first: whatever fails here takes the whole file back.
ALTER TABLE stage_petitions RENAME TO kept_petitions;
CREATE TEMP VIEW stage_petitions AS SELECT * FROM kept_petitions;

CREATE TEMP TRIGGER stage_petitions_kept INSTEAD OF INSERT ON stage_petitions WHEN NEW.sequence IS NULL
BEGIN
    INSERT OR FAIL INTO kept_petitions VALUES (
        NEW.row_id, NEW.sequence, NEW.sheet, NEW.row_number, NEW.number, NEW.division,
        NEW.batch, NEW.channel, NEW.received_on, NEW.key_case, NEW.merged_into, NEW.duplicate_of, NEW.complaint,
        NEW.pollution_kinds, NEW.wording_hash,
        NEW.investigation, NEW.substantiated, NEW.handling, NEW.measures, NEW.latest_progress, NEW.conclusion,
        NEW.concluded_on, NEW.units, NEW.acceptance, NEW.accountability, NEW.remarks,
        NEW.ordered, NEW.penalised, NEW.fine_fen, NEW.criminal_cases, NEW.admin_detained, NEW.criminal_detained,
        NEW.interviewed, NEW.accountable, NEW.content_hash
    );
END;

CREATE TEMP TRIGGER stage_petitions_early INSTEAD OF INSERT ON stage_petitions WHEN NEW.sequence IS NOT NULL
BEGIN
    INSERT OR FAIL INTO petitions (
        inspection_id, number,
        batch, channel, received_on, key_case, merged_into, duplicate_of, complaint, pollution_kinds,
        registered, owner, wording_hash, conclusion, substantiated, contradictory, concluded_on,
        reported_on, version, import_id, sheet, row_number, updated_at_utc
    )
    SELECT
        e.inspection_id, NEW.number,
        NEW.batch, NEW.channel, NEW.received_on, NEW.key_case, NEW.merged_into, NEW.duplicate_of, NEW.complaint,
        NEW.pollution_kinds,
        FALSE, NEW.division, NEW.wording_hash, NEW.conclusion, NEW.substantiated, FALSE,
        CASE WHEN NEW.conclusion >= 2 THEN NEW.concluded_on END,
        e.reported_on, 1, e.import_id, NEW.sheet, NEW.row_number, e.at_utc
    FROM stage_import e;

    INSERT OR FAIL INTO handlings (
        inspection_id, number, division, assigned, reported,
        investigation, substantiated, handling, measures, latest_progress, conclusion, concluded_on, units, acceptance,
        accountability, remarks,
        ordered, penalised, fine_fen, criminal_cases, admin_detained, criminal_detained, interviewed, accountable,
        content_hash, reported_on, version, import_id, sheet, row_number
    )
    SELECT
        e.inspection_id, NEW.number, NEW.division, FALSE, TRUE,
        NEW.investigation, NEW.substantiated, NEW.handling, NEW.measures, NEW.latest_progress, NEW.conclusion,
        NEW.concluded_on, NEW.units, NEW.acceptance, NEW.accountability, NEW.remarks,
        NEW.ordered, NEW.penalised, NEW.fine_fen, NEW.criminal_cases, NEW.admin_detained, NEW.criminal_detained,
        NEW.interviewed, NEW.accountable,
        NEW.content_hash, e.reported_on, 1, e.import_id, NEW.sheet, NEW.row_number
    FROM stage_import e;

    INSERT OR FAIL INTO revisions (
        inspection_id, sequence, kind, number, division, change, import_id, sheet, row_number, actor, at_utc
    )
    SELECT
        e.inspection_id, NEW.sequence, 1, NEW.number, NEW.division, 1, e.import_id, NEW.sheet,
        NEW.row_number, e.actor, e.at_utc
    FROM stage_import e;
END;

CREATE TEMP TRIGGER stage_petitions_withdrawn INSTEAD OF DELETE ON stage_petitions
BEGIN
    DELETE FROM kept_petitions WHERE row_id = OLD.row_id;
END;
