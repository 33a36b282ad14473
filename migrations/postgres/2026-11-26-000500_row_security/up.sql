-- Rows guard themselves: what a caller does not reach is not there, whatever a query forgets to ask.
--
-- Each transaction says whom it is for, in settings that end with it (records/src/scope.rs):
--   ducha.role   caller, everything (a caller that reaches every division), worker, or migration
--   ducha.reach  beginnings of the codes of the divisions that the caller reaches, separated by commas
--   ducha.above  codes of the divisions that the caller's division lies in, separated by commas; empty: it is a province
--   ducha.whole  one table that is seen whole for the moment, because a question reaches beyond the caller
-- A transaction that says nothing sees nothing and writes nothing. FORCE holds for the owner of the tables as well, and the
-- programs do not work as a superuser (records/src/entry.rs).
--
-- The functions stand in sub-selects, so that each is asked once in a statement and not for each row. What the policies
-- compare with is leakproof in PostgreSQL, and so the indexes serve as before.

CREATE FUNCTION ducha_whole(of_table TEXT) RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT COALESCE(current_setting('ducha.role', true) IN ('everything', 'worker', 'migration'), FALSE)
        OR COALESCE(current_setting('ducha.whole', true) = of_table, FALSE)
$$;

-- An empty beginning would be that of every code.
CREATE FUNCTION ducha_reach() RETURNS TEXT[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE current_setting('ducha.role', true)
        WHEN 'caller' THEN array_remove(string_to_array(current_setting('ducha.reach', true), ','), '')
        ELSE '{}'
    END
$$;

CREATE FUNCTION ducha_above() RETURNS TEXT[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE current_setting('ducha.role', true)
        WHEN 'caller' THEN string_to_array(current_setting('ducha.above', true), ',')
        ELSE '{}'
    END
$$;

-- Whether the caller's is a whole province.
CREATE FUNCTION ducha_provincial() RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT COALESCE(current_setting('ducha.role', true) = 'caller' AND current_setting('ducha.above', true) = '', FALSE)
$$;

-- Gives a table its one policy: `reached` says which rows are in reach. Whoever makes a table gives it one in the same
-- migration; a test looks for tables without.
CREATE PROCEDURE ducha_guard(of_table REGCLASS, reached TEXT) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', of_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', of_table);
    EXECUTE format(
        'CREATE POLICY reach ON %s USING ((SELECT ducha_whole(%L)) OR %s)', of_table, of_table::TEXT, reached
    );
END
$$;

-- What belongs to one division. What is of no division is in nobody's reach.
DO $$
DECLARE
    of_table TEXT;
BEGIN
    FOREACH of_table IN ARRAY ARRAY[
        'handlings', 'task_progress', 'indicators', 'accountabilities', 'activities', 'alerts', 'reasons', 'forms',
        'imports', 'tokens', 'audit_events'
    ] LOOP
        CALL ducha_guard(of_table, 'division ^@ ANY ((SELECT ducha_reach())::TEXT[])');
    END LOOP;
END
$$;

-- Seen from within its province, and from above it.
CALL ducha_guard('inspections', '(
    province ^@ ANY ((SELECT ducha_reach())::TEXT[]) OR province = ANY ((SELECT ducha_above())::TEXT[])
)');

-- A shared record is seen by whoever has a part in it, and by the owner of its wording. The sub-selects see the parts in
-- reach only, by the policies of their tables; OFFSET 0 has them asked record by record instead of for all.
CALL ducha_guard('petitions', '(
    owner ^@ ANY ((SELECT ducha_reach())::TEXT[]) OR EXISTS (
        SELECT 1 FROM handlings h
        WHERE h.inspection_id = petitions.inspection_id AND h.number = petitions.number OFFSET 0
    )
)');
CALL ducha_guard('tasks', '(
    owner ^@ ANY ((SELECT ducha_reach())::TEXT[]) OR EXISTS (
        SELECT 1 FROM task_progress p
        WHERE p.inspection_id = tasks.inspection_id AND p.number = tasks.number OFFSET 0
    )
)');
-- An issue is seen by whoever answers it.
CALL ducha_guard('accountability_issues', '(
    division ^@ ANY ((SELECT ducha_reach())::TEXT[]) OR EXISTS (
        SELECT 1 FROM accountabilities a
        WHERE a.inspection_id = accountability_issues.inspection_id AND a.issue = accountability_issues.number OFFSET 0
    )
)');

-- The history of a division's own parts and records, a province's list, and what others changed of a shared record. Of the
-- latter a caller is told no more than records/src/revisions/seen.rs leaves.
CALL ducha_guard('revisions', '(
    division ^@ ANY ((SELECT ducha_reach())::TEXT[])
    OR division = '''' AND (SELECT ducha_provincial())
    OR change <> 3 AND CASE kind
        WHEN 1 THEN EXISTS (
            SELECT 1 FROM handlings h
            WHERE h.inspection_id = revisions.inspection_id AND h.number = revisions.number OFFSET 0
        )
        WHEN 2 THEN EXISTS (
            SELECT 1 FROM task_progress p
            WHERE p.inspection_id = revisions.inspection_id AND p.number = revisions.number OFFSET 0
        )
        WHEN 4 THEN EXISTS (
            SELECT 1 FROM accountabilities a
            WHERE a.inspection_id = revisions.inspection_id AND a.issue = revisions.number OFFSET 0
        )
        ELSE FALSE
    END
)');

-- What belongs to an import is seen with it.
CALL ducha_guard('findings', 'EXISTS (SELECT 1 FROM imports i WHERE i.id = findings.import_id OFFSET 0)');
CALL ducha_guard('import_files', 'EXISTS (SELECT 1 FROM imports i WHERE i.id = import_files.import_id OFFSET 0)');
CALL ducha_guard('planned_rows', 'EXISTS (SELECT 1 FROM imports i WHERE i.id = planned_rows.import_id OFFSET 0)');

-- How far the index of an inspection has come.
CALL ducha_guard('search_progress', 'EXISTS (SELECT 1 FROM inspections i WHERE i.id = search_progress.inspection_id OFFSET 0)');

-- The search index holds the texts of all parts of a record, so that no caller reads it. It is not FORCEd, since the owner of
-- the table asks it on behalf of callers, below: on a table with policies PostgreSQL would not use the index of words, whose
-- operator is not leakproof.
ALTER TABLE search_pieces ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON search_pieces USING ((SELECT ducha_whole('search_pieces')));

-- Numbers of the records that have a phrase, as many as `most` pieces name. They are numbers and no more: the records are read
-- by the caller, who sees those in reach. PostgreSQL is kept from walking through all pieces instead of asking the index,
-- which it would do where it guesses that a rare phrase is common: its statistics know the commonest tokens only.
CREATE FUNCTION search_hits(phrase TSQUERY, of_inspection TEXT, of_kind SMALLINT, most BIGINT) RETURNS SETOF TEXT
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
    -- An expression instead of the column: no index on inspections is to be preferred either.
    SELECT s.number FROM search_pieces s
    WHERE s.tokens @@ phrase AND s.inspection_id || '' = of_inspection AND s.kind = of_kind
    LIMIT most
$$;

-- Whether one record has a phrase.
CREATE FUNCTION search_has(phrase TSQUERY, of_kind SMALLINT, of_number TEXT, of_inspection TEXT) RETURNS BOOLEAN
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM search_pieces s
        WHERE s.tokens @@ phrase AND s.inspection_id = of_inspection AND s.kind = of_kind AND s.number = of_number
    );
END
$$;

-- Takes from the roles of deploy/postgres.sql, where they are, what they have no need of. That script calls it as well.
CREATE PROCEDURE ducha_restrict() LANGUAGE plpgsql AS $$
DECLARE
    of_role TEXT;
BEGIN
    FOR of_role IN SELECT rolname FROM pg_roles WHERE rolname IN ('ducha_server', 'ducha_worker') LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON divisions, feed, __diesel_schema_migrations FROM %I', of_role);
        EXECUTE format('REVOKE UPDATE, DELETE ON audit_events FROM %I', of_role);
        EXECUTE format('REVOKE DELETE ON imports, inspections, tokens FROM %I', of_role);
        IF of_role = 'ducha_server' THEN
            REVOKE ALL ON search_pieces FROM ducha_server;
            REVOKE INSERT, UPDATE, DELETE ON search_progress FROM ducha_server;
        ELSE
            REVOKE ALL ON tokens FROM ducha_worker;
        END IF;
    END LOOP;
END
$$;
CALL ducha_restrict();

-- What the files of these imports are called. A record in reach may have come with the ledger of a division above, whose
-- name is told with the record and nothing else of it.
CREATE FUNCTION import_file_names(of_imports TEXT[]) RETURNS TABLE (import_id TEXT, name TEXT) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('ducha.whole', 'imports', true);
    RETURN QUERY SELECT i.id, i.file_name FROM imports i WHERE i.id = ANY (of_imports);
    PERFORM set_config('ducha.whole', '', true);
END
$$;
