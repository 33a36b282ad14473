-- The tables of figures, accounts and undoing guard their rows as the others do (…_row_security).

-- What belongs to one division.
DO $$
DECLARE
    of_table TEXT;
BEGIN
    FOREACH of_table IN ARRAY ARRAY[
        'former_handlings', 'former_progress', 'former_indicators', 'import_forms', 'import_verdicts', 'said_again',
        'before_handlings', 'before_task_progress', 'before_indicators', 'before_accountabilities', 'before_activities',
        'before_alerts', 'before_reasons', 'before_since', 'before_former_handlings', 'before_former_progress',
        'before_former_indicators'
    ] LOOP
        CALL ducha_guard(of_table, 'division ^@ ANY ((SELECT ducha_reach())::TEXT[])');
    END LOOP;
END
$$;
-- Counts are of an area, which is a division.
CALL ducha_guard('petition_counts', 'area ^@ ANY ((SELECT ducha_reach())::TEXT[])');
CALL ducha_guard('measure_counts', 'area ^@ ANY ((SELECT ducha_reach())::TEXT[])');

-- Images of shared records: an undo alone looks at them, and it works for all divisions.
CALL ducha_guard('before_petitions', 'FALSE');
CALL ducha_guard('before_tasks', 'FALSE');
CALL ducha_guard('before_accountability_issues', 'FALSE');

-- What belongs to an inspection is seen with it.
CALL ducha_guard('counted_inspections',
    'EXISTS (SELECT 1 FROM inspections i WHERE i.id = counted_inspections.inspection_id OFFSET 0)');
CALL ducha_guard('account_settings',
    'EXISTS (SELECT 1 FROM inspections i WHERE i.id = account_settings.inspection_id OFFSET 0)');
CALL ducha_guard('published_accounts',
    'EXISTS (SELECT 1 FROM inspections i WHERE i.id = published_accounts.inspection_id OFFSET 0)');
