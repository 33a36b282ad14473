-- The roles of a database of ducha, and what each may do. Run it as a superuser in the database, before the first
-- `ducha-server migrate`; running it again changes nothing:
--
--   createdb ducha && psql --dbname ducha --file deploy/postgres.sql
--
--   ducha_owner   owns the tables and changes their schema: database.migrate_url
--   ducha_server  of ducha-server; owns nothing, and sees what the caller of a transaction reaches
--   ducha_worker  of ducha-worker; owns nothing, and works for all divisions, so that policies do not hold for it: beside
--                 it they would only cost (COPY goes into no guarded table)
--   ducha_backup  of `ducha-server backup`: reads every row, past the policies, and changes nothing: database.backup_url
--
-- None has a password yet. Give each one (ALTER ROLE … PASSWORD), or let pg_hba.conf tell them by peer or certificate.

DO $$
DECLARE
    new_role TEXT;
BEGIN
    FOREACH new_role IN ARRAY ARRAY[
        'ducha_owner NOBYPASSRLS', 'ducha_server NOBYPASSRLS', 'ducha_worker BYPASSRLS', 'ducha_backup BYPASSRLS'
    ] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION', new_role);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- roles belong to the cluster: another of its databases has it already
        END;
    END LOOP;
    -- Not where it is so already: two databases that alter one role at a time get an error of it.
    FOR new_role IN
        SELECT rolname FROM pg_roles WHERE rolname IN ('ducha_worker', 'ducha_backup') AND NOT rolbypassrls
    LOOP
        EXECUTE format('ALTER ROLE %I BYPASSRLS', new_role);
    END LOOP;
    -- The owner of a database may make tables in its schema.
    EXECUTE format('ALTER DATABASE %I OWNER TO ducha_owner', current_database());
    -- Whoever else has a role in this cluster has no business here.
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    -- The worker reads ledgers into temporary tables, undoing an import gathers there what it touches, and a backup the names
    -- of the files it wants.
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO ducha_server, ducha_worker, ducha_backup', current_database());
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO ducha_server, ducha_worker, ducha_backup', current_database());
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ducha_server, ducha_worker, ducha_backup;

-- What migrations make from now on. They take back what a role has no need of.
ALTER DEFAULT PRIVILEGES FOR ROLE ducha_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ducha_server, ducha_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE ducha_owner IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO ducha_server, ducha_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE ducha_owner IN SCHEMA public GRANT SELECT ON TABLES TO ducha_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE ducha_owner IN SCHEMA public GRANT SELECT ON SEQUENCES TO ducha_backup;

-- What is there already, in a database from before these roles.
DO $$
DECLARE
    old_table REGCLASS;
    old_routine REGPROCEDURE;
BEGIN
    FOR old_table IN
        SELECT c.oid FROM pg_class c
        WHERE c.relnamespace = 'public'::REGNAMESPACE AND c.relkind IN ('r', 'p')
    LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO ducha_owner', old_table);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO ducha_server, ducha_worker', old_table);
    END LOOP;
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO ducha_backup;
    GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO ducha_backup;
    FOR old_routine IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'public'::REGNAMESPACE LOOP
        EXECUTE format('ALTER ROUTINE %s OWNER TO ducha_owner', old_routine);
    END LOOP;
    IF to_regprocedure('ducha_restrict()') IS NOT NULL THEN
        CALL ducha_restrict();
    END IF;
END
$$;
