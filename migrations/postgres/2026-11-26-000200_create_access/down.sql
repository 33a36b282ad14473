DROP TABLE audit_events;
DROP TABLE tokens;
DROP FUNCTION audit_events_stay();
