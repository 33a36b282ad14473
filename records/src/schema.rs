//! The tables as diesel knows them; `migrations/` is their source. One definition serves both databases.

#![allow(missing_docs, reason = "columns are described where they are made, in migrations/")]

diesel::table! {
    divisions (code) {
        code -> Text,
        name -> Text,
        parent -> Nullable<Text>,
        local -> Bool,
        short_names -> Text,
        former_codes -> Text,
        former_names -> Text,
    }
}

diesel::table! {
    inspections (id) {
        id -> Text,
        name -> Text,
        level -> SmallInt,
        round -> Integer,
        province -> Text,
        team -> Nullable<Text>,
        started_on -> Date,
        ended_on -> Nullable<Date>,
        feedback_on -> Nullable<Date>,
        first_received_on -> Nullable<Date>,
        themes -> Text,
        petition_register -> Bool,
        task_register -> Bool,
        last_sequence -> BigInt,
        version -> BigInt,
        request_id -> Nullable<Text>,
        created_at_utc -> Timestamp,
        updated_at_utc -> Timestamp,
        last_verdict -> BigInt,
    }
}

diesel::table! {
    imports (id) {
        id -> Text,
        inspection_id -> Text,
        division -> Nullable<Text>,
        file_name -> Text,
        file_sha256 -> Text,
        file_bytes -> BigInt,
        submitter -> Text,
        request_id -> Nullable<Text>,
        mode -> SmallInt,
        acceptance -> SmallInt,
        max_refused_share -> Nullable<Integer>,
        stored -> Bool,
        state -> SmallInt,
        complete -> Bool,
        kinds -> Text,
        sheets -> Text,
        reported_on -> Nullable<Date>,
        rows_read -> BigInt,
        inserted -> BigInt,
        updated -> BigInt,
        unchanged -> BigInt,
        refused -> BigInt,
        errors -> BigInt,
        warnings -> BigInt,
        notes -> BigInt,
        error_code -> Nullable<Text>,
        error_zh -> Nullable<Text>,
        error_en -> Nullable<Text>,
        indexed -> Bool,
        plan_hash -> Nullable<Text>,
        copies_due -> Bool,
        run_at_utc -> Timestamp,
        max_attempts -> Integer,
        attempt -> Integer,
        lease_token -> BigInt,
        lease_until_utc -> Nullable<Timestamp>,
        worker -> Nullable<Text>,
        created_at_utc -> Timestamp,
        started_at_utc -> Nullable<Timestamp>,
        finished_at_utc -> Nullable<Timestamp>,
    }
}

diesel::table! {
    import_files (import_id, kind) {
        import_id -> Text,
        kind -> SmallInt,
        file_name -> Text,
        file_sha256 -> Text,
        file_bytes -> BigInt,
    }
}

diesel::table! {
    planned_rows (import_id, position) {
        import_id -> Text,
        position -> BigInt,
        kind -> Text,
        sheet -> Text,
        row_number -> BigInt,
        number -> Text,
        division -> Text,
        outcome -> SmallInt,
        changes -> Text,
    }
}

diesel::table! {
    findings (id) {
        id -> BigInt,
        import_id -> Text,
        sheet -> Text,
        row_number -> Nullable<BigInt>,
        column_number -> Nullable<Integer>,
        field -> Text,
        header -> Text,
        rule -> Text,
        severity -> SmallInt,
        value -> Text,
        suggestion -> Text,
        params -> Text,
        kind -> Nullable<SmallInt>,
        number -> Nullable<Text>,
        division -> Nullable<Text>,
        reason -> Nullable<Text>,
        cell -> Nullable<Text>,
    }
}

diesel::table! {
    petitions (inspection_id, number) {
        inspection_id -> Text,
        number -> Text,
        batch -> Nullable<Integer>,
        channel -> Nullable<SmallInt>,
        received_on -> Nullable<Date>,
        key_case -> Bool,
        merged_into -> Nullable<Text>,
        duplicate_of -> Nullable<Text>,
        complaint -> Text,
        pollution_kinds -> Integer,
        registered -> Bool,
        owner -> Text,
        wording_hash -> Binary,
        conclusion -> SmallInt,
        substantiated -> Nullable<SmallInt>,
        contradictory -> Bool,
        concluded_on -> Nullable<Date>,
        reported_on -> Date,
        version -> BigInt,
        import_id -> Text,
        sheet -> Text,
        row_number -> BigInt,
        updated_at_utc -> Timestamp,
        since_on -> Nullable<Date>,
    }
}

diesel::table! {
    handlings (inspection_id, number, division) {
        inspection_id -> Text,
        number -> Text,
        division -> Text,
        assigned -> Bool,
        reported -> Bool,
        investigation -> Nullable<Text>,
        substantiated -> Nullable<SmallInt>,
        handling -> Nullable<Text>,
        measures -> Nullable<Text>,
        latest_progress -> Nullable<Text>,
        conclusion -> SmallInt,
        concluded_on -> Nullable<Date>,
        units -> Nullable<Text>,
        acceptance -> Nullable<Text>,
        accountability -> Nullable<Text>,
        remarks -> Nullable<Text>,
        ordered -> Nullable<Integer>,
        penalised -> Nullable<Integer>,
        fine_fen -> Nullable<BigInt>,
        criminal_cases -> Nullable<Integer>,
        admin_detained -> Nullable<Integer>,
        criminal_detained -> Nullable<Integer>,
        interviewed -> Nullable<Integer>,
        accountable -> Nullable<Integer>,
        content_hash -> Binary,
        reported_on -> Date,
        version -> BigInt,
        import_id -> Text,
        sheet -> Text,
        row_number -> BigInt,
        since_on -> Nullable<Date>,
        edition -> BigInt,
    }
}

diesel::table! {
    tasks (inspection_id, number) {
        inspection_id -> Text,
        number -> Text,
        parent -> Nullable<Text>,
        theme -> Nullable<Text>,
        topic -> Nullable<Text>,
        source -> Nullable<SmallInt>,
        case_name -> Nullable<Text>,
        plan_years -> Nullable<Text>,
        problem -> Text,
        target -> Nullable<Text>,
        measures -> Nullable<Text>,
        lead_unit -> Nullable<Text>,
        units -> Nullable<Text>,
        supervising_unit -> Nullable<Text>,
        accepting_unit -> Nullable<Text>,
        deadline_text -> Nullable<Text>,
        deadline_kind -> SmallInt,
        due_on -> Nullable<Date>,
        long_term -> Bool,
        registered -> Bool,
        owner -> Text,
        wording_hash -> Binary,
        status -> SmallInt,
        completed_on -> Nullable<Date>,
        closure -> SmallInt,
        closed_on -> Nullable<Date>,
        reported_on -> Date,
        version -> BigInt,
        import_id -> Text,
        sheet -> Text,
        row_number -> BigInt,
        updated_at_utc -> Timestamp,
        since_on -> Nullable<Date>,
    }
}

diesel::table! {
    task_progress (inspection_id, number, division) {
        inspection_id -> Text,
        number -> Text,
        division -> Text,
        assigned -> Bool,
        reported -> Bool,
        progress -> Nullable<Text>,
        status -> SmallInt,
        completed_on -> Nullable<Date>,
        closure -> SmallInt,
        closed_on -> Nullable<Date>,
        reason -> Nullable<Text>,
        remarks -> Nullable<Text>,
        content_hash -> Binary,
        reported_on -> Date,
        version -> BigInt,
        import_id -> Text,
        sheet -> Text,
        row_number -> BigInt,
        since_on -> Nullable<Date>,
        edition -> BigInt,
    }
}

diesel::table! {
    revisions (inspection_id, sequence) {
        inspection_id -> Text,
        sequence -> BigInt,
        kind -> SmallInt,
        number -> Text,
        division -> Text,
        change -> SmallInt,
        before -> Nullable<Text>,
        after -> Nullable<Text>,
        import_id -> Text,
        sheet -> Text,
        row_number -> BigInt,
        actor -> Text,
        at_utc -> Timestamp,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    reasons (inspection_id, number, division, kind, rule, field) {
        inspection_id -> Text,
        kind -> SmallInt,
        number -> Text,
        division -> Text,
        rule -> Text,
        field -> Text,
        value -> Text,
        reason -> Text,
        given_by -> Text,
        given_at_utc -> Timestamp,
        import_id -> Text,
    }
}

diesel::table! {
    search_progress (inspection_id) {
        inspection_id -> Text,
        sequence -> BigInt,
    }
}

diesel::table! {
    forms (inspection_id, division, kind) {
        inspection_id -> Text,
        division -> Text,
        kind -> Text,
        headers -> Text,
        words -> Text,
        reported_on -> Date,
        import_id -> Text,
    }
}

diesel::table! {
    import_verdicts (inspection_id, verdict) {
        inspection_id -> Text,
        verdict -> BigInt,
        sequence -> BigInt,
        revisions -> BigInt,
        import_id -> Text,
        state -> SmallInt,
        division -> Nullable<Text>,
        actor -> Text,
        note -> Nullable<Text>,
        at_utc -> Timestamp,
    }
}

diesel::table! {
    import_forms (inspection_id, division, kind, import_id) {
        inspection_id -> Text,
        division -> Text,
        kind -> Text,
        import_id -> Text,
        headers -> Text,
        words -> Text,
        reported_on -> Date,
    }
}

diesel::table! {
    said_again (import_id) {
        inspection_id -> Text,
        import_id -> Text,
        kind -> SmallInt,
        division -> Text,
        late -> Bool,
        numbers -> Text,
    }
}

diesel::table! {
    feed (id) {
        id -> SmallInt,
        epoch -> Text,
    }
}

diesel::joinable!(search_progress -> inspections (inspection_id));
diesel::joinable!(forms -> inspections (inspection_id));
diesel::joinable!(import_verdicts -> imports (import_id));

diesel::allow_tables_to_appear_in_same_query!(
    divisions,
    inspections,
    imports,
    findings,
    petitions,
    handlings,
    tasks,
    task_progress,
    revisions,
    reasons,
    search_progress,
    forms,
    feed,
    import_verdicts,
    import_forms,
    said_again,
);
