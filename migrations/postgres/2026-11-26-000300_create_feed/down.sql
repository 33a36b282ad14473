DROP INDEX revisions_by_record;
DROP TABLE feed;
