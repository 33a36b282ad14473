ALTER TABLE counted_inspections DROP COLUMN by_day;
DROP TABLE measure_count_days;
DROP TABLE petition_count_days;
