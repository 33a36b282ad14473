DROP INDEX imports_untold;
ALTER TABLE imports DROP COLUMN told_state;
DROP TABLE webhook_deliveries;
DROP TABLE webhooks;
