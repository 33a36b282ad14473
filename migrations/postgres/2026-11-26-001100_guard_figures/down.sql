DO $$
DECLARE
    of_table TEXT;
BEGIN
    FOREACH of_table IN ARRAY ARRAY[
        'former_handlings', 'former_progress', 'former_indicators', 'import_forms', 'import_verdicts', 'said_again',
        'before_handlings', 'before_task_progress', 'before_indicators', 'before_accountabilities', 'before_activities',
        'before_alerts', 'before_reasons', 'before_since', 'before_former_handlings', 'before_former_progress',
        'before_former_indicators', 'petition_counts', 'measure_counts', 'before_petitions', 'before_tasks',
        'before_accountability_issues', 'counted_inspections', 'account_settings', 'published_accounts'
    ] LOOP
        EXECUTE format('DROP POLICY reach ON %I', of_table);
        EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY', of_table);
    END LOOP;
END
$$;
