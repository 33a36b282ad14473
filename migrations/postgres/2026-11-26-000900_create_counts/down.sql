DROP TABLE counted_inspections;
DROP TABLE measure_counts;
DROP TABLE petition_counts;
