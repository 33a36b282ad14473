DROP TABLE published_accounts;
DROP TABLE account_settings;
