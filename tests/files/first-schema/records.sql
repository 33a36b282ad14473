-- Records as the first schema held them. A hash in braces stands for bytes in the notation of the database.
-- The hashes are those of that time: whoever changes how contents are hashed sees it here.
INSERT INTO divisions (code, name, parent, local, short_names, former_codes, former_names) VALUES
    ('520000', '贵州省', NULL, FALSE, '', '', ''),
    ('520100', '贵阳市', '520000', FALSE, '', '', ''),
    ('520102', '南明区', '520100', FALSE, '', '', ''),
    ('520103', '云岩区', '520100', FALSE, '', '', '');

INSERT INTO inspections (
    id, name, level, round, province, started_on, first_received_on, themes, petition_register, task_register, last_sequence,
    version, created_at_utc, updated_at_utc
) VALUES (
    'gz-2021', '督察', 1, 2, '520000', '2021-12-05', '2021-12-06', '["水"]', TRUE, FALSE, 9, 1, '2021-12-01 00:00:00',
    '2022-03-31 00:00:00'
);

-- The province's list, and one county's ledger of everything else.
INSERT INTO imports (
    id, inspection_id, division, file_name, file_sha256, file_bytes, submitter, mode, acceptance, stored, state, complete,
    kinds, sheets, reported_on, rows_read, inserted, updated, unchanged, refused, errors, warnings, notes, indexed, copies_due,
    run_at_utc, max_attempts, attempt, lease_token, created_at_utc, finished_at_utc
) VALUES
    ('017d0000-0000-7000-8000-000000000001', 'gz-2021', '520000', '清单.xlsx', '{sha256}', {bytes}, 'old', 3, 1, TRUE, 6, TRUE,
        'petitions', '[]', '2022-03-01', 2, 2, 0, 0, 0, 0, 0, 0, FALSE, FALSE, '2022-03-01 00:00:00', 3, 1, 1,
        '2022-03-01 00:00:00', '2022-03-01 00:00:01'),
    ('017d0000-0000-7000-8000-000000000002', 'gz-2021', '520102', '台账.xlsx', '{other}', 9, 'old', 3, 1, FALSE, 7, TRUE,
        'petitions|tasks', '[]', '2022-03-31', 8, 6, 1, 0, 1, 1, 0, 0, FALSE, FALSE, '2022-03-31 00:00:00', 3, 1, 1,
        '2022-03-31 00:00:00', '2022-03-31 00:00:01');

INSERT INTO findings (
    import_id, sheet, row_number, column_number, field, header, rule, severity, value, suggestion, params
) VALUES ('017d0000-0000-7000-8000-000000000002', '台账', 7, 4, 'substantiated', '是否属实', 'C010', 3, '也许', '属实', '{}');

INSERT INTO petitions (
    inspection_id, number, batch, channel, received_on, key_case, complaint, pollution_kinds, registered, owner, wording_hash,
    conclusion, substantiated, contradictory, concluded_on, reported_on, version, import_id, sheet, row_number, updated_at_utc
) VALUES
    ('gz-2021', 'X2GZ202112060001', 1, 2, '2021-12-06', TRUE, '河道排放污水', 5, TRUE, '520000',
        {hash:50d93787cb0703bf9af1a796776bd003}, 0, 0, FALSE, NULL, '2022-03-01', 2,
        '017d0000-0000-7000-8000-000000000001', '清单', 3, '2022-03-31 00:00:00'),
    ('gz-2021', 'X2GZ202112060002', 1, 1, '2021-12-06', FALSE, '夜间噪声', 0, TRUE, '520000',
        {hash:59ca9cec51f215650ea1cdedad1b14cd}, 0, NULL, FALSE, NULL, '2022-03-01', 1,
        '017d0000-0000-7000-8000-000000000001', '清单', 4, '2022-03-01 00:00:00');

INSERT INTO handlings (
    inspection_id, number, division, assigned, reported, investigation, substantiated, handling, conclusion, concluded_on,
    units, ordered, fine_fen, content_hash, reported_on, version, import_id, sheet, row_number
) VALUES
    ('gz-2021', 'X2GZ202112060001', '520102', TRUE, TRUE, '经查属实', 0, '已责令整改', 2, '2022-01-15', '分局', 3, 1547256000,
        {hash:3b2e3e49d932a9b032ac816d69ed555e}, '2022-03-31', 2,
        '017d0000-0000-7000-8000-000000000002', '台账', 5),
    ('gz-2021', 'X2GZ202112060001', '520103', TRUE, FALSE, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL,
        {hash:}, '2022-03-01', 1, '017d0000-0000-7000-8000-000000000001', '清单', 3),
    ('gz-2021', 'X2GZ202112060002', '520103', TRUE, FALSE, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL,
        {hash:}, '2022-03-01', 1, '017d0000-0000-7000-8000-000000000001', '清单', 4);

INSERT INTO tasks (
    inspection_id, number, theme, source, problem, measures, deadline_text, deadline_kind, due_on, long_term, registered, owner,
    wording_hash, status, closure, reported_on, version, import_id, sheet, row_number, updated_at_utc
) VALUES (
    'gz-2021', '1', '水', 1, '污水处理设施滞后', '建成污水处理厂', '2023年底前', 1, '2023-12-31', TRUE, FALSE, '520102',
    {hash:1abf708b7eaf5e240064bf279a81108b}, 2, 0, '2022-03-31', 1,
    '017d0000-0000-7000-8000-000000000002', '任务', 4, '2022-03-31 00:00:00'
);

INSERT INTO task_progress (
    inspection_id, number, division, assigned, reported, progress, status, closure, content_hash, reported_on, version,
    import_id, sheet, row_number
) VALUES (
    'gz-2021', '1', '520102', FALSE, TRUE, '主体工程已完工', 2, 0, {hash:00103138785a23c9868a555ed269fbe2},
    '2022-03-31', 1, '017d0000-0000-7000-8000-000000000002', '任务', 4
);

INSERT INTO indicators (
    inspection_id, division, number, name, period, unit, done_millionths, done_text, approximate, aggregation, basis,
    content_hash, reported_on, version, import_id, sheet, row_number, updated_at_utc
) VALUES (
    'gz-2021', '520102', '新建管网|2022年|', '新建管网', '2022年', '公里', 12500000, '12.5', FALSE, 1, 1,
    {hash:cb3edab39779bffac5ea35eef25bc3a9}, '2022-03-31', 1,
    '017d0000-0000-7000-8000-000000000002', '指标', 4, '2022-03-31 00:00:00'
);

INSERT INTO accountability_issues (
    inspection_id, division, number, title, content_hash, registered, reported_on, version, import_id, sheet, row_number,
    updated_at_utc
) VALUES (
    'gz-2021', '520000', '一', '', {hash:}, FALSE, '2022-03-31', 1, '017d0000-0000-7000-8000-000000000002', '问责', 4,
    '2022-03-31 00:00:00'
);

INSERT INTO accountabilities (
    inspection_id, division, number, issue, subject, unit, name, kinds, source, content_hash, reported_on, version, import_id,
    sheet, row_number, updated_at_utc
) VALUES (
    'gz-2021', '520102', 'a1', '一', 2, '分局', '王某某', 1, 1, {hash:248941cd427cf693dde47184016082f1}, '2022-03-31', 1,
    '017d0000-0000-7000-8000-000000000002', '问责', 4, '2022-03-31 00:00:00'
);

INSERT INTO activities (
    inspection_id, division, number, kind, held_on, topic, content_hash, reported_on, version, import_id, sheet, row_number,
    updated_at_utc
) VALUES (
    'gz-2021', '520102', 'b1', 1, '2022-02-01', '专题会议', {hash:a62566f64d0acc43b8e16e97e276ee54}, '2022-03-31', 1,
    '017d0000-0000-7000-8000-000000000002', '活动', 4, '2022-03-31 00:00:00'
);

INSERT INTO alerts (
    inspection_id, division, number, station, raised_on, kind, content_hash, reported_on, version, import_id, sheet, row_number,
    updated_at_utc
) VALUES (
    'gz-2021', '520102', 'c1', '一级站', '2022-02-01', 3, {hash:8f7558c7c4aa08b4d81a76beac6d75fa}, '2022-03-31', 1,
    '017d0000-0000-7000-8000-000000000002', '预警', 4, '2022-03-31 00:00:00'
);

INSERT INTO revisions (
    inspection_id, sequence, kind, number, division, change, before, after, import_id, sheet, row_number, actor, at_utc
) VALUES
    ('gz-2021', 1, 1, 'X2GZ202112060001', '', 1, NULL, NULL, '017d0000-0000-7000-8000-000000000001', '清单', 3, 'old', '2022-03-01 00:00:01'),
    ('gz-2021', 2, 1, 'X2GZ202112060002', '', 1, NULL, NULL, '017d0000-0000-7000-8000-000000000001', '清单', 4, 'old', '2022-03-01 00:00:01'),
    ('gz-2021', 3, 1, 'X2GZ202112060001', '520102', 1, NULL, NULL, '017d0000-0000-7000-8000-000000000002', '台账', 4, 'old', '2022-03-31 00:00:01'),
    ('gz-2021', 4, 1, 'X2GZ202112060001', '520102', 2, '{"ordered":2}', '{"ordered":3}', '017d0000-0000-7000-8000-000000000002', '台账', 5, 'old', '2022-03-31 00:00:01'),
    ('gz-2021', 5, 2, '1', '520102', 1, NULL, NULL, '017d0000-0000-7000-8000-000000000002', '任务', 4, 'old', '2022-03-31 00:00:01'),
    ('gz-2021', 6, 3, '新建管网|2022年|', '520102', 1, NULL, NULL, '017d0000-0000-7000-8000-000000000002', '指标', 4, 'old', '2022-03-31 00:00:01'),
    ('gz-2021', 7, 5, 'a1', '520102', 1, NULL, NULL, '017d0000-0000-7000-8000-000000000002', '问责', 4, 'old', '2022-03-31 00:00:01'),
    ('gz-2021', 8, 6, 'b1', '520102', 1, NULL, NULL, '017d0000-0000-7000-8000-000000000002', '活动', 4, 'old', '2022-03-31 00:00:01'),
    ('gz-2021', 9, 7, 'c1', '520102', 1, NULL, NULL, '017d0000-0000-7000-8000-000000000002', '预警', 4, 'old', '2022-03-31 00:00:01');
