DO $$
DECLARE
    guarded REGCLASS;
BEGIN
    FOR guarded IN SELECT polrelid FROM pg_policy WHERE polname = 'reach' LOOP
        EXECUTE format('DROP POLICY reach ON %s', guarded);
        EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY', guarded);
    END LOOP;
END
$$;
DROP FUNCTION import_file_names(TEXT[]);
DROP PROCEDURE ducha_restrict();
DROP FUNCTION search_has(TSQUERY, SMALLINT, TEXT, TEXT);
DROP FUNCTION search_hits(TSQUERY, TEXT, SMALLINT, BIGINT);
DROP PROCEDURE ducha_guard(REGCLASS, TEXT);
DROP FUNCTION ducha_provincial();
DROP FUNCTION ducha_above();
DROP FUNCTION ducha_reach();
DROP FUNCTION ducha_whole(TEXT);
