-- Written by the migration tests, for reading and comparing. db/migrations/ is what makes a schema.
CREATE TABLE activities (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    consultation_id TEXT REFERENCES consultations (id),
    version BIGINT NOT NULL,
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    done_on TEXT NOT NULL,
    started_at TEXT,
    minutes BIGINT,
    with_name TEXT NOT NULL,
    with_affiliation TEXT NOT NULL,
    with_profession TEXT,
    said TEXT NOT NULL,
    outcome TEXT NOT NULL,
    state TEXT,
    settled_on TEXT,
    advice_field TEXT,
    partner TEXT NOT NULL,
    startup_supports TEXT NOT NULL
, change BIGINT NOT NULL DEFAULT 0, conditions TEXT NOT NULL DEFAULT '', candidates TEXT NOT NULL DEFAULT '', agreement TEXT NOT NULL DEFAULT '', agreed_on TEXT, begun_on TEXT, follow_up_on TEXT);
CREATE INDEX activities_by_change ON activities (desk_id, municipality_id, change, id);
CREATE INDEX activities_by_desk ON activities (desk_id, municipality_id, done_on);
CREATE INDEX activities_by_municipality ON activities (municipality_id, done_on);
CREATE INDEX activities_of_consultation ON activities (consultation_id, done_on);
CREATE TABLE activity_versions (
    activity_id TEXT NOT NULL REFERENCES activities (id),
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (activity_id, version)
);
CREATE TABLE agenda_items (
    id TEXT PRIMARY KEY,
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id TEXT,
    discussion TEXT NOT NULL,
    decision TEXT NOT NULL,
    outcome TEXT,
    added_at TEXT NOT NULL DEFAULT ''
);
CREATE INDEX agenda_items_by_meeting ON agenda_items (meeting_id, position);
CREATE INDEX agenda_items_by_subject ON agenda_items (subject_id);
CREATE TABLE anonymised_text_versions (
    consultation_id TEXT NOT NULL REFERENCES anonymised_texts (consultation_id),
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (consultation_id, version)
);
CREATE TABLE anonymised_texts (
    consultation_id TEXT PRIMARY KEY REFERENCES consultations (id),
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    version BIGINT NOT NULL,
    sheet_version BIGINT NOT NULL,
    confirmed_at TEXT NOT NULL,
    confirmed_by TEXT NOT NULL REFERENCES users (id),
    originals TEXT NOT NULL,
    document TEXT NOT NULL,
    decisions TEXT NOT NULL
);
CREATE INDEX anonymised_texts_by_desk ON anonymised_texts (desk_id, municipality_id);
CREATE TABLE answer_pages (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    desk_id TEXT REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    token_hash TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    expires_at TEXT NOT NULL,
    failures BIGINT NOT NULL,
    closed_until TEXT,
    opened_at TEXT,
    used_at TEXT,
    withdrawn_at TEXT
, ask_withdrawn_at TEXT);
CREATE INDEX answer_pages_by_desk ON answer_pages (municipality_id, desk_id, created_at);
CREATE INDEX answer_pages_by_subject ON answer_pages (kind, subject_id, created_at);
CREATE UNIQUE INDEX answer_pages_by_token ON answer_pages (token_hash);
CREATE TABLE assignments (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    desk_id TEXT REFERENCES desks (id),
    region_id TEXT REFERENCES regions (id),
    from_on TEXT NOT NULL,
    until_on TEXT
);
CREATE INDEX assignments_by_desk ON assignments (desk_id);
CREATE INDEX assignments_by_user ON assignments (user_id);
CREATE TABLE attachment_versions (
    attachment_id TEXT NOT NULL REFERENCES attachments (id),
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (attachment_id, version)
);
CREATE TABLE attachments (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    consultation_id TEXT REFERENCES consultations (id),
    activity_id TEXT REFERENCES activities (id),
    version BIGINT NOT NULL,
    upload_id TEXT REFERENCES uploads (id),
    name TEXT NOT NULL,
    caption TEXT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    checksum TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    withdrawn_at TEXT,
    withdrawn_by TEXT REFERENCES users (id),
    withdrawn_reason TEXT NOT NULL,
    erase_at TEXT, change BIGINT NOT NULL DEFAULT 0,
    CHECK (consultation_id IS NOT NULL OR activity_id IS NOT NULL)
);
CREATE INDEX attachments_by_change ON attachments (desk_id, municipality_id, change, id);
CREATE INDEX attachments_of_activity ON attachments (activity_id, created_at);
CREATE INDEX attachments_of_consultation ON attachments (consultation_id, created_at);
CREATE INDEX attachments_to_erase ON attachments (erase_at) WHERE erase_at IS NOT NULL;
CREATE TABLE attendances (
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    affiliation TEXT NOT NULL,
    category TEXT,
    user_id TEXT REFERENCES users (id),
    attended INTEGER NOT NULL,
    PRIMARY KEY (meeting_id, position)
);
CREATE INDEX attendances_by_user ON attendances (user_id);
CREATE TABLE audit_entries (
    chain INTEGER NOT NULL,
    sequence BIGINT NOT NULL,
    at TEXT NOT NULL,
    actor_id TEXT,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (chain, sequence)
);
CREATE INDEX audit_by_actor ON audit_entries (actor_id, at);
CREATE INDEX audit_by_subject ON audit_entries (subject_id, at);
CREATE INDEX audit_by_time ON audit_entries (at, chain, sequence);
CREATE TABLE bodies (
    id TEXT PRIMARY KEY,
    parent_id TEXT REFERENCES bodies (id) DEFERRABLE INITIALLY DEFERRED,
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    desk_id TEXT REFERENCES desks (id),
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT,
    layer TEXT,
    member_categories TEXT NOT NULL,
    frequency TEXT NOT NULL,
    basis TEXT NOT NULL,
    dormant INTEGER NOT NULL
);
CREATE INDEX bodies_by_municipality ON bodies (municipality_id);
CREATE TABLE body_versions (
    body_id TEXT NOT NULL REFERENCES bodies (id),
    version INTEGER NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (body_id, version)
);
CREATE TABLE callers (
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    name TEXT NOT NULL,
    affiliation TEXT NOT NULL,
    kana TEXT NOT NULL,
    profession TEXT,
    phone TEXT NOT NULL,
    contact TEXT,
    times BIGINT NOT NULL,
    last_on TEXT NOT NULL,
    last_day BIGINT NOT NULL,
    searched TEXT NOT NULL,
    PRIMARY KEY (desk_id, name, affiliation)
);
CREATE INDEX callers_by_desk ON callers (desk_id, searched);
CREATE INDEX callers_unwritten ON callers (desk_id) WHERE searched = '';
CREATE TABLE codes (
    scheme TEXT NOT NULL REFERENCES schemes (name),
    code TEXT NOT NULL,
    label_ja TEXT NOT NULL,
    label_en TEXT NOT NULL,
    short_label TEXT NOT NULL,
    parent TEXT,
    position INTEGER NOT NULL,
    valid_from TEXT,
    retired_on TEXT, field TEXT,
    PRIMARY KEY (scheme, code)
);
CREATE TABLE confirmation_versions (
    confirmation_id TEXT NOT NULL REFERENCES confirmations (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (confirmation_id, version)
);
CREATE TABLE confirmations (
    id TEXT PRIMARY KEY,
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    desk_id TEXT REFERENCES desks (id),
    round_id TEXT REFERENCES survey_rounds (id),
    place_id TEXT NOT NULL REFERENCES places (id),
    place_name TEXT NOT NULL,
    reply_code TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    method TEXT NOT NULL,
    message TEXT NOT NULL,
    sent_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    reminded_on TEXT,
    answered_on TEXT,
    answered_by TEXT NOT NULL,
    by_page INTEGER NOT NULL,
    nothing_changed INTEGER NOT NULL,
    words TEXT NOT NULL,
    approved TEXT NOT NULL,
    refused TEXT NOT NULL,
    decided_on TEXT,
    reason TEXT NOT NULL,
    shown_card TEXT NOT NULL,
    answer_card TEXT
);
CREATE UNIQUE INDEX confirmations_by_code ON confirmations (municipality_id, reply_code);
CREATE INDEX confirmations_by_place ON confirmations (municipality_id, place_id, created_at);
CREATE INDEX confirmations_by_round ON confirmations (round_id, state);
CREATE INDEX confirmations_by_time ON confirmations (municipality_id, created_at, id);
CREATE TABLE consultation_batches (
    batch_id TEXT NOT NULL,
    line BIGINT NOT NULL,
    consultation_id TEXT NOT NULL REFERENCES consultations (id),
    PRIMARY KEY (batch_id, line)
);
CREATE INDEX consultation_batches_by_consultation ON consultation_batches (consultation_id);
CREATE TABLE consultation_elements (
    consultation_id TEXT NOT NULL REFERENCES consultations (id),
    element TEXT NOT NULL,
    value TEXT NOT NULL,
    text TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, element)
);
CREATE TABLE consultation_persons (
    consultation_id TEXT PRIMARY KEY REFERENCES consultations (id),
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    sealed TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL
);
CREATE TABLE consultation_removals (
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    change BIGINT NOT NULL,
    consultation_id TEXT NOT NULL,
    PRIMARY KEY (desk_id, municipality_id, change)
);
CREATE TABLE consultation_shelves (
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    last_change BIGINT NOT NULL,
    PRIMARY KEY (desk_id, municipality_id)
);
CREATE INDEX consultation_shelves_by_municipality ON consultation_shelves (municipality_id);
CREATE TABLE consultation_versions (
    consultation_id TEXT NOT NULL REFERENCES consultations (id),
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    sheet TEXT NOT NULL,
    PRIMARY KEY (consultation_id, version)
);
CREATE INDEX consultation_versions_by_person ON consultation_versions (by_id, at);
CREATE TABLE consultations (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    fiscal_year INTEGER NOT NULL,
    sequence BIGINT NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    finalised INTEGER NOT NULL,
    shared_with_municipality INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    closed_at TEXT,
    listed_on TEXT NOT NULL,
    marks TEXT NOT NULL,
    kind TEXT,
    received_on TEXT,
    started_at TEXT,
    ended_at TEXT,
    receiver_id TEXT,
    caller_name TEXT NOT NULL,
    caller_affiliation TEXT NOT NULL,
    caller_profession TEXT,
    caller_profession_note TEXT NOT NULL,
    caller_phone TEXT NOT NULL,
    method TEXT,
    method_note TEXT NOT NULL,
    subject TEXT NOT NULL,
    request TEXT NOT NULL,
    background TEXT NOT NULL,
    age_band TEXT,
    household TEXT,
    care_level TEXT,
    illness TEXT NOT NULL,
    district_id TEXT,
    topic TEXT,
    subtopic TEXT,
    urgency TEXT,
    difficulty TEXT,
    support_text TEXT NOT NULL,
    result TEXT,
    result_on TEXT,
    follow_up_on TEXT,
    follow_up_note TEXT NOT NULL,
    awareness TEXT NOT NULL,
    physician_asked_on TEXT,
    physician_advised_on TEXT,
    physician_assessment TEXT NOT NULL,
    physician_direction TEXT NOT NULL
, change BIGINT NOT NULL DEFAULT 0, caller_kana TEXT NOT NULL DEFAULT '', caller_contact TEXT, physician_question TEXT NOT NULL DEFAULT '', activities BIGINT NOT NULL DEFAULT 0);
CREATE INDEX consultations_alike ON consultations (district_id, age_band, household, illness) WHERE state <> 'draft';
CREATE INDEX consultations_begun ON consultations (created_by, created_at) WHERE state = 'draft';
CREATE INDEX consultations_by_change ON consultations
    (desk_id, municipality_id, change, id, listed_on, follow_up_on, updated_at, fiscal_year, sequence, state, kind,
     topic, subtopic, caller_profession, urgency, difficulty, result, receiver_id, district_id, marks);
CREATE INDEX consultations_shared ON consultations (municipality_id, listed_on) WHERE shared_with_municipality = 1;
CREATE TABLE corporations (
    number TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    searched TEXT NOT NULL
);
CREATE INDEX corporations_by_name ON corporations (name, number);
CREATE TABLE counters (
    name TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    last_number BIGINT NOT NULL,
    PRIMARY KEY (name, owner_id, fiscal_year)
);
CREATE TABLE desk_regions (
    desk_id TEXT NOT NULL REFERENCES desks (id),
    region_id TEXT NOT NULL REFERENCES regions (id),
    PRIMARY KEY (desk_id, region_id)
);
CREATE TABLE desks (
    id TEXT PRIMARY KEY,
    parent_id TEXT REFERENCES desks (id) DEFERRABLE INITIALLY DEFERRED,
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    organization_id TEXT REFERENCES organizations (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    header TEXT NOT NULL,
    phone TEXT NOT NULL,
    ended_on TEXT
, fax TEXT NOT NULL DEFAULT '');
CREATE INDEX desks_by_municipality ON desks (municipality_id);
CREATE INDEX desks_by_parent ON desks (parent_id);
CREATE TABLE discharge_form_versions (
    form_id TEXT NOT NULL REFERENCES discharge_forms (id),
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (form_id, version)
);
CREATE INDEX discharge_form_versions_by_person ON discharge_form_versions (by_id, at);
CREATE TABLE discharge_forms (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    consultation_id TEXT REFERENCES consultations (id),
    discharge_id TEXT REFERENCES discharges (id),
    form TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    written_on TEXT NOT NULL,
    sealed TEXT NOT NULL
);
CREATE INDEX discharge_forms_by_desk ON discharge_forms (desk_id, municipality_id, form);
CREATE INDEX discharge_forms_of_consultation ON discharge_forms (consultation_id) WHERE consultation_id IS NOT NULL;
CREATE INDEX discharge_forms_of_discharge ON discharge_forms (discharge_id) WHERE discharge_id IS NOT NULL;
CREATE TABLE discharge_papers (
    discharge_id TEXT NOT NULL REFERENCES discharges (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    asked_on TEXT,
    due_on TEXT,
    due_by_hand INTEGER NOT NULL CHECK (due_by_hand IN (0, 1)),
    received_on TEXT,
    not_needed INTEGER NOT NULL CHECK (not_needed IN (0, 1)),
    with_whom TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (discharge_id, position)
);
CREATE INDEX discharge_papers_due ON discharge_papers (due_on, discharge_id) WHERE received_on IS NULL;
CREATE TABLE discharge_versions (
    discharge_id TEXT NOT NULL REFERENCES discharges (id),
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (discharge_id, version)
);
CREATE INDEX discharge_versions_by_person ON discharge_versions (by_id, at);
CREATE TABLE discharges (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    consultation_id TEXT REFERENCES consultations (id),
    earlier_id TEXT REFERENCES discharges (id),
    readmitted_after BIGINT,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    subject TEXT NOT NULL,
    hospital TEXT NOT NULL,
    hospital_place_id TEXT,
    ward TEXT NOT NULL,
    admitted_on TEXT,
    planned_on TEXT,
    decided_on TEXT,
    left_on TEXT,
    destination TEXT,
    destination_name TEXT NOT NULL,
    wishes TEXT NOT NULL,
    family_wishes TEXT NOT NULL,
    difficulties TEXT NOT NULL,
    course TEXT NOT NULL,
    owner_id TEXT REFERENCES users (id),
    parties TEXT NOT NULL
);
CREATE INDEX discharges_by_desk ON discharges (desk_id, municipality_id, planned_on);
CREATE INDEX discharges_by_municipality ON discharges (municipality_id, left_on);
CREATE INDEX discharges_of_consultation ON discharges (consultation_id) WHERE consultation_id IS NOT NULL;
CREATE UNIQUE INDEX discharges_of_earlier ON discharges (earlier_id) WHERE earlier_id IS NOT NULL AND state <> 'cancelled';
CREATE TABLE evaluation_judgements (
    evaluation_id TEXT NOT NULL REFERENCES evaluations (id),
    indicator_id TEXT NOT NULL REFERENCES indicators (id),
    position INTEGER NOT NULL,
    value DOUBLE PRECISION,
    target DOUBLE PRECISION,
    comment TEXT NOT NULL,
    PRIMARY KEY (evaluation_id, indicator_id)
);
CREATE INDEX evaluation_judgements_by_indicator ON evaluation_judgements (indicator_id);
CREATE TABLE evaluation_versions (
    evaluation_id TEXT NOT NULL REFERENCES evaluations (id),
    version INTEGER NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL,
    document TEXT NOT NULL, kind TEXT NOT NULL DEFAULT 'edited', reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (evaluation_id, version)
);
CREATE TABLE evaluations (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    measure_id TEXT REFERENCES measures (id),
    issue_id TEXT REFERENCES issues (id),
    evaluated_on TEXT NOT NULL,
    finding TEXT NOT NULL,
    outcome TEXT NOT NULL,
    next_policy TEXT NOT NULL
);
CREATE INDEX evaluations_by_issue ON evaluations (issue_id);
CREATE INDEX evaluations_by_measure ON evaluations (measure_id);
CREATE INDEX evaluations_by_municipality ON evaluations (municipality_id, evaluated_on);
CREATE TABLE finalisation_undos (
    consultation_id TEXT NOT NULL REFERENCES consultations (id),
    sequence BIGINT NOT NULL,
    version BIGINT NOT NULL,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    reason TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES users (id),
    settled_at TEXT,
    settled_by TEXT REFERENCES users (id),
    outcome TEXT CHECK (outcome IN ('undone', 'declined', 'withdrawn')),
    settled_version BIGINT,
    PRIMARY KEY (consultation_id, sequence)
);
CREATE INDEX finalisation_undos_by_version ON finalisation_undos (consultation_id, settled_version);
CREATE UNIQUE INDEX finalisation_undos_open ON finalisation_undos (consultation_id) WHERE settled_at IS NULL;
CREATE TABLE follow_ups (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    consultation_id TEXT NOT NULL REFERENCES consultations (id),
    version BIGINT NOT NULL,
    due_on TEXT NOT NULL,
    note TEXT NOT NULL,
    owner_id TEXT REFERENCES users (id),
    of_sheet INTEGER NOT NULL CHECK (of_sheet IN (0, 1)),
    done_at TEXT,
    done_by TEXT REFERENCES users (id),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id)
);
CREATE INDEX follow_ups_by_owner ON follow_ups (owner_id, due_on) WHERE done_at IS NULL;
CREATE INDEX follow_ups_of_consultation ON follow_ups (consultation_id, done_at, due_on, id);
CREATE INDEX follow_ups_open ON follow_ups (desk_id, municipality_id, due_on, id) WHERE done_at IS NULL;
CREATE TABLE holiday_days (
    day TEXT PRIMARY KEY,
    name TEXT NOT NULL
);
CREATE TABLE holiday_loadings (
    id TEXT PRIMARY KEY,
    file_name TEXT NOT NULL,
    from_year BIGINT NOT NULL,
    until_year BIGINT NOT NULL,
    count BIGINT NOT NULL,
    loaded_at TEXT NOT NULL,
    loaded_by_name TEXT NOT NULL,
    undo TEXT NOT NULL
);
CREATE TABLE idempotency_keys (
    user_id TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
CREATE TABLE import_faults (
    import_id TEXT NOT NULL REFERENCES imports (id),
    line BIGINT NOT NULL,
    kind TEXT NOT NULL,
    faults TEXT NOT NULL,
    PRIMARY KEY (import_id, line)
);
CREATE TABLE import_lines (
    import_id TEXT NOT NULL REFERENCES imports (id),
    table_number BIGINT NOT NULL,
    first_line BIGINT NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (import_id, table_number, first_line)
);
CREATE TABLE import_mapping_versions (
    mapping_id TEXT NOT NULL REFERENCES import_mappings (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (mapping_id, version)
);
CREATE TABLE import_mappings (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    plan TEXT NOT NULL
);
CREATE UNIQUE INDEX import_mappings_by_name ON import_mappings (desk_id, name);
CREATE TABLE imports (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    version BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    state TEXT NOT NULL,
    file_name TEXT NOT NULL,
    size BIGINT NOT NULL,
    fingerprint TEXT NOT NULL,
    refusal TEXT NOT NULL,
    refused_at TEXT NOT NULL,
    tables TEXT NOT NULL,
    plan TEXT NOT NULL,
    mapping_name TEXT NOT NULL,
    lines_done BIGINT NOT NULL,
    lines_all BIGINT NOT NULL,
    good BIGINT NOT NULL,
    bad BIGINT NOT NULL,
    repeated BIGINT NOT NULL,
    empty_fields TEXT NOT NULL,
    numbers TEXT NOT NULL,
    beat_at TEXT,
    taken_at TEXT,
    taken_by TEXT REFERENCES users (id),
    undone_at TEXT,
    undone_by TEXT REFERENCES users (id)
);
CREATE INDEX imports_by_desk ON imports (desk_id, municipality_id, created_at);
CREATE INDEX imports_by_state ON imports (state, updated_at);
CREATE TABLE indicator_issues (
    indicator_id TEXT NOT NULL REFERENCES indicators (id),
    issue_id TEXT NOT NULL REFERENCES issues (id),
    PRIMARY KEY (indicator_id, issue_id)
);
CREATE INDEX indicator_issues_by_issue ON indicator_issues (issue_id);
CREATE TABLE indicator_measures (
    indicator_id TEXT NOT NULL REFERENCES indicators (id),
    measure_id TEXT NOT NULL REFERENCES measures (id),
    PRIMARY KEY (indicator_id, measure_id)
);
CREATE INDEX indicator_measures_by_measure ON indicator_measures (measure_id);
CREATE TABLE indicator_targets (
    indicator_id TEXT NOT NULL REFERENCES indicators (id),
    period TEXT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (indicator_id, period)
);
CREATE TABLE indicator_values (
    indicator_id TEXT NOT NULL REFERENCES indicators (id),
    period TEXT NOT NULL,
    value DOUBLE PRECISION,
    missing_reason TEXT,
    note TEXT NOT NULL,
    cases BIGINT,
    PRIMARY KEY (indicator_id, period)
);
CREATE TABLE indicator_versions (
    indicator_id TEXT NOT NULL REFERENCES indicators (id),
    version INTEGER NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL,
    document TEXT NOT NULL, kind TEXT NOT NULL DEFAULT 'edited', reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (indicator_id, version)
);
CREATE TABLE indicators (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    scenes TEXT NOT NULL,
    kind TEXT,
    "view" TEXT,
    numerator TEXT NOT NULL,
    denominator TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    grain TEXT,
    source TEXT NOT NULL,
    obtained_by TEXT NOT NULL,
    frequency TEXT NOT NULL,
    comparison TEXT NOT NULL,
    direction TEXT,
    judgement_rule TEXT NOT NULL
, figure TEXT);
CREATE INDEX indicators_by_desk ON indicators (desk_id, name);
CREATE INDEX indicators_by_municipality ON indicators (municipality_id, name);
CREATE TABLE issue_events (
    id TEXT PRIMARY KEY,
    issue_id TEXT NOT NULL REFERENCES issues (id),
    at TEXT NOT NULL,
    by_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    version INTEGER NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX issue_events_by_issue ON issue_events (issue_id, at);
CREATE TABLE issue_evidence (
    issue_id TEXT NOT NULL REFERENCES issues (id),
    consultation_id TEXT NOT NULL REFERENCES consultations (id),
    note TEXT NOT NULL,
    candidate INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    background TEXT NOT NULL,
    PRIMARY KEY (issue_id, consultation_id)
);
CREATE INDEX issue_evidence_by_consultation ON issue_evidence (consultation_id);
CREATE TABLE issues (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    fiscal_year INTEGER NOT NULL,
    sequence BIGINT NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    origin TEXT NOT NULL,
    origin_id TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    state_since TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    present TEXT NOT NULL,
    goal TEXT NOT NULL,
    gap TEXT NOT NULL,
    causes TEXT NOT NULL,
    scenes TEXT NOT NULL,
    kind TEXT,
    professions TEXT NOT NULL,
    layer TEXT,
    region_id TEXT,
    owner_id TEXT,
    due_on TEXT,
    waiting_for TEXT NOT NULL
);
CREATE INDEX issues_by_desk ON issues (desk_id, state, updated_at);
CREATE INDEX issues_by_municipality ON issues (municipality_id, fiscal_year, sequence);
CREATE INDEX issues_by_origin ON issues (origin_id);
CREATE TABLE learning_done (
    user_id TEXT NOT NULL REFERENCES users (id),
    item TEXT NOT NULL,
    done_at TEXT NOT NULL,
    PRIMARY KEY (user_id, item)
);
CREATE TABLE locality_loadings (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    count BIGINT NOT NULL,
    loaded_at TEXT NOT NULL,
    loaded_by_name TEXT NOT NULL,
    undo TEXT NOT NULL
);
CREATE INDEX locality_loadings_by_kind ON locality_loadings (kind, id);
CREATE TABLE map_imports (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    file_name TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    imported_by TEXT REFERENCES users (id)
);
CREATE TABLE map_labels (
    id TEXT PRIMARY KEY,
    import_id TEXT NOT NULL REFERENCES map_imports (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    area TEXT NOT NULL,
    latitude DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL
, replaced_by TEXT NOT NULL DEFAULT '');
CREATE INDEX map_labels_by_area ON map_labels (kind, area);
CREATE INDEX map_labels_by_import ON map_labels (import_id);
CREATE INDEX map_labels_by_latitude ON map_labels (latitude, longitude);
CREATE TABLE "map_regions" (
    code TEXT NOT NULL,
    import_id TEXT NOT NULL REFERENCES map_imports (id),
    replaced_by TEXT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    latitude DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL,
    area_km2 DOUBLE PRECISION NOT NULL,
    shape TEXT NOT NULL,
    PRIMARY KEY (code, import_id)
);
CREATE INDEX map_regions_by_import ON map_regions (import_id);
CREATE INDEX map_regions_by_replacement ON map_regions (replaced_by, code);
CREATE TABLE match_versions (
    match_id TEXT NOT NULL REFERENCES matches (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (match_id, version)
);
CREATE INDEX match_versions_by_person ON match_versions (by_id, at);
CREATE TABLE matches (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    consultation_id TEXT NOT NULL REFERENCES consultations (id),
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    offered BIGINT NOT NULL,
    fitting BIGINT NOT NULL,
    reason TEXT,
    words TEXT NOT NULL,
    service TEXT NOT NULL,
    treatments TEXT NOT NULL,
    district_id TEXT REFERENCES regions (id),
    area TEXT NOT NULL,
    days TEXT NOT NULL,
    hours TEXT NOT NULL,
    starts_on TEXT,
    contact TEXT,
    wishes TEXT NOT NULL
, open_times TEXT NOT NULL DEFAULT '[]', languages TEXT NOT NULL DEFAULT '[]', costs TEXT NOT NULL DEFAULT '[]');
CREATE INDEX matches_by_consultation ON matches (consultation_id, created_at);
CREATE INDEX matches_by_desk ON matches (desk_id, municipality_id, created_at);
CREATE INDEX matches_by_municipality ON matches (municipality_id, created_at);
CREATE TABLE measure_issues (
    measure_id TEXT NOT NULL REFERENCES measures (id),
    issue_id TEXT NOT NULL REFERENCES issues (id),
    PRIMARY KEY (measure_id, issue_id)
);
CREATE INDEX measure_issues_by_issue ON measure_issues (issue_id);
CREATE TABLE measure_progress (
    id TEXT PRIMARY KEY,
    measure_id TEXT NOT NULL REFERENCES measures (id),
    reported_on TEXT NOT NULL,
    percent INTEGER NOT NULL,
    note TEXT NOT NULL,
    by_id TEXT NOT NULL
);
CREATE INDEX measure_progress_by_measure ON measure_progress (measure_id, reported_on);
CREATE TABLE measure_versions (
    measure_id TEXT NOT NULL REFERENCES measures (id),
    version INTEGER NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (measure_id, version)
);
CREATE TABLE measures (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    state_since TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT,
    description TEXT NOT NULL,
    feasibility TEXT,
    feasibility_note TEXT NOT NULL,
    starts_on TEXT,
    ends_on TEXT,
    actors TEXT NOT NULL,
    parties TEXT NOT NULL,
    budget_asked BIGINT,
    budget_granted BIGINT,
    budget_spent BIGINT,
    evaluate_on TEXT,
    wide_area INTEGER NOT NULL,
    departments TEXT NOT NULL,
    proposal_target TEXT,
    outputs TEXT NOT NULL,
    owner_id TEXT
);
CREATE INDEX measures_by_desk ON measures (desk_id, state, updated_at);
CREATE INDEX measures_by_municipality ON measures (municipality_id, state);
CREATE TABLE meeting_versions (
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    version INTEGER NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL,
    document TEXT NOT NULL, kind TEXT NOT NULL DEFAULT 'edited', reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (meeting_id, version)
);
CREATE TABLE meetings (
    id TEXT PRIMARY KEY,
    body_id TEXT NOT NULL REFERENCES bodies (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    desk_id TEXT REFERENCES desks (id),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    title TEXT NOT NULL,
    held_on TEXT NOT NULL,
    started_at TEXT,
    ended_at TEXT,
    place TEXT NOT NULL,
    form TEXT,
    state TEXT NOT NULL,
    minutes TEXT NOT NULL
);
CREATE INDEX meetings_by_body ON meetings (body_id, held_on);
CREATE INDEX meetings_by_municipality ON meetings (municipality_id, held_on);
CREATE TABLE municipality_changes (
    code TEXT NOT NULL,
    successor TEXT NOT NULL,
    changed_on TEXT NOT NULL,
    name TEXT NOT NULL,
    successor_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (code, successor, changed_on)
);
CREATE TABLE municipality_codes (
    code TEXT PRIMARY KEY,
    prefecture TEXT NOT NULL,
    name TEXT NOT NULL,
    kana TEXT NOT NULL
);
CREATE TABLE municipality_names (
    code TEXT PRIMARY KEY,
    prefecture TEXT NOT NULL,
    name TEXT NOT NULL
);
CREATE TABLE official_changes (
    import_id TEXT NOT NULL REFERENCES official_imports (id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    source_key TEXT NOT NULL,
    name TEXT NOT NULL,
    municipality_code TEXT NOT NULL,
    cells TEXT NOT NULL,
    cells_before TEXT NOT NULL,
    missing_before TEXT,
    PRIMARY KEY (import_id, number)
);
CREATE TABLE official_faults (
    import_id TEXT NOT NULL REFERENCES official_imports (id),
    number BIGINT NOT NULL,
    line BIGINT NOT NULL,
    header TEXT NOT NULL,
    reason TEXT NOT NULL,
    value TEXT NOT NULL,
    bad INTEGER NOT NULL,
    PRIMARY KEY (import_id, number)
);
CREATE TABLE official_imports (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    source TEXT NOT NULL,
    service TEXT NOT NULL,
    file_name TEXT NOT NULL,
    size BIGINT NOT NULL,
    fingerprint TEXT NOT NULL,
    as_of TEXT,
    municipalities TEXT NOT NULL,
    lines_all BIGINT NOT NULL,
    left_out BIGINT NOT NULL,
    good BIGINT NOT NULL,
    bad BIGINT NOT NULL,
    doubtful BIGINT NOT NULL,
    added BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    missing BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT REFERENCES users (id),
    applied_at TEXT,
    applied_by TEXT REFERENCES users (id),
    undone_at TEXT,
    undone_by TEXT REFERENCES users (id)
, covers TEXT NOT NULL DEFAULT '[]', lines_done BIGINT NOT NULL DEFAULT 0, beat_at TEXT, compared_at TEXT, refusal TEXT NOT NULL DEFAULT '', refused_at TEXT NOT NULL DEFAULT '', preview TEXT NOT NULL DEFAULT '[]');
CREATE INDEX official_imports_by_source ON official_imports (source, service, applied_at);
CREATE INDEX official_imports_by_time ON official_imports (created_at);
CREATE TABLE official_mappings (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    service TEXT NOT NULL,
    municipality_code TEXT NOT NULL,
    columns TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id)
);
CREATE TABLE organizations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kana TEXT NOT NULL,
    kind TEXT NOT NULL,
    region_id TEXT REFERENCES regions (id),
    phone TEXT NOT NULL,
    fax TEXT NOT NULL,
    corporate_number TEXT NOT NULL,
    office_number TEXT NOT NULL,
    ended_on TEXT
);
CREATE TABLE own_place_versions (
    place_id TEXT NOT NULL REFERENCES own_places (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (place_id, version)
);
CREATE TABLE own_places (
    id TEXT PRIMARY KEY REFERENCES places (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    version BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    closed_on TEXT,
    closed_reason TEXT NOT NULL,
    name TEXT NOT NULL,
    kana TEXT NOT NULL,
    services TEXT NOT NULL,
    municipality_code TEXT NOT NULL,
    address TEXT NOT NULL,
    building TEXT NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    phone TEXT NOT NULL,
    fax TEXT NOT NULL,
    url TEXT NOT NULL,
    corporation TEXT NOT NULL,
    corporate_number TEXT NOT NULL,
    capacity BIGINT,
    open_days TEXT NOT NULL,
    days_note TEXT NOT NULL,
    description TEXT NOT NULL
);
CREATE INDEX own_places_by_municipality ON own_places (municipality_id, kana, id);
CREATE TABLE packs (
    name TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    chosen_at TEXT NOT NULL
);
CREATE TABLE phrases (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    kana TEXT NOT NULL,
    text TEXT NOT NULL,
    field TEXT,
    topic TEXT
);
CREATE INDEX phrases_by_desk ON phrases (desk_id);
CREATE TABLE place_local_versions (
    local_id TEXT NOT NULL REFERENCES place_locals (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (local_id, version)
);
CREATE TABLE place_locals (
    id TEXT PRIMARY KEY,
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    place_id TEXT NOT NULL REFERENCES places (id),
    version BIGINT NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    speciality TEXT NOT NULL,
    treatments TEXT NOT NULL,
    area TEXT NOT NULL,
    district_ids TEXT NOT NULL,
    distance_km BIGINT,
    hours TEXT NOT NULL,
    capacity TEXT NOT NULL,
    contact TEXT,
    phone TEXT NOT NULL,
    fax TEXT NOT NULL,
    mail TEXT NOT NULL,
    manners TEXT NOT NULL,
    admission TEXT NOT NULL,
    discharge TEXT NOT NULL,
    people TEXT NOT NULL,
    note TEXT NOT NULL,
    checked_on TEXT,
    checked_by TEXT REFERENCES users (id),
    marks TEXT NOT NULL,
    searched TEXT NOT NULL
, open_times TEXT NOT NULL DEFAULT '[]', languages TEXT NOT NULL DEFAULT '[]', costs TEXT NOT NULL DEFAULT '[]', cost_note TEXT NOT NULL DEFAULT '');
CREATE INDEX place_locals_by_check ON place_locals (municipality_id, checked_on);
CREATE UNIQUE INDEX place_locals_by_place ON place_locals (municipality_id, place_id);
CREATE INDEX place_locals_of_place ON place_locals (place_id);
CREATE TABLE place_matches (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    place_id TEXT NOT NULL REFERENCES places (id),
    other_id TEXT NOT NULL REFERENCES places (id),
    state TEXT NOT NULL,
    score BIGINT NOT NULL,
    likeness TEXT NOT NULL,
    municipality_code TEXT NOT NULL,
    by_number INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    decided_at TEXT,
    decided_by TEXT REFERENCES users (id)
);
CREATE INDEX place_matches_by_other ON place_matches (other_id);
CREATE UNIQUE INDEX place_matches_by_pair ON place_matches (place_id, other_id);
CREATE INDEX place_matches_by_state ON place_matches (state, municipality_code, score, id);
CREATE TABLE place_services (
    id TEXT PRIMARY KEY,
    place_id TEXT NOT NULL REFERENCES places (id),
    service TEXT NOT NULL,
    capacity BIGINT,
    open_days TEXT NOT NULL,
    days_note TEXT NOT NULL,
    missing_since TEXT
, since TEXT);
CREATE UNIQUE INDEX place_services_by_place ON place_services (place_id, service);
CREATE INDEX place_services_by_service ON place_services (service, place_id);
CREATE VIRTUAL TABLE place_terms USING fts5vocab(place_words, row);
CREATE VIRTUAL TABLE place_words USING fts5(searched, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1');
CREATE TRIGGER place_words_added AFTER INSERT ON places BEGIN
    INSERT INTO place_words (rowid, searched) VALUES (new.rowid, new.searched || '  '); END;
CREATE TRIGGER place_words_changed AFTER UPDATE OF searched ON places WHEN old.searched <> new.searched BEGIN
    INSERT INTO place_words (place_words, rowid, searched) VALUES ('delete', old.rowid, old.searched || '  '); INSERT INTO place_words (rowid, searched) VALUES (new.rowid, new.searched || '  '); END;
CREATE TRIGGER place_words_removed AFTER DELETE ON places BEGIN
    INSERT INTO place_words (place_words, rowid, searched) VALUES ('delete', old.rowid, old.searched || '  '); END;
CREATE TABLE places (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    source_key TEXT NOT NULL,
    municipality_code TEXT NOT NULL,
    name TEXT NOT NULL,
    kana TEXT NOT NULL,
    listed_as TEXT NOT NULL,
    address TEXT NOT NULL,
    building TEXT NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    phone TEXT NOT NULL,
    fax TEXT NOT NULL,
    url TEXT NOT NULL,
    corporate_number TEXT NOT NULL,
    corporation TEXT NOT NULL,
    searched TEXT NOT NULL
, joined_to TEXT REFERENCES places (id) DEFERRABLE INITIALLY DEFERRED, municipality_id TEXT REFERENCES regions (id), closed_on TEXT);
CREATE INDEX places_by_corporation ON places (corporate_number, listed_as, id);
CREATE INDEX places_by_joined ON places (joined_to);
CREATE INDEX places_by_municipality ON places (municipality_code, listed_as, id);
CREATE INDEX places_by_owner ON places (municipality_id, listed_as, id);
CREATE UNIQUE INDEX places_by_source ON places (source, source_key);
CREATE INDEX places_by_words ON places (listed_as, id, municipality_code, searched, joined_to, closed_on, municipality_id);
CREATE INDEX places_on_map ON places (CAST(latitude * 8 AS BIGINT), CAST(longitude * 8 AS BIGINT), latitude, longitude, municipality_id, municipality_code, joined_to, closed_on, id)
    WHERE joined_to IS NULL AND closed_on IS NULL;
CREATE TABLE postal_towns (
    postal_code TEXT NOT NULL,
    municipality_code TEXT NOT NULL,
    prefecture TEXT NOT NULL,
    municipality TEXT NOT NULL,
    town TEXT NOT NULL,
    PRIMARY KEY (postal_code, municipality_code, town)
);
CREATE INDEX postal_towns_by_town ON postal_towns (municipality_code, town, postal_code);
CREATE TABLE prepared_consultations (
    batch_id TEXT NOT NULL,
    line BIGINT NOT NULL,
    id TEXT NOT NULL,
    desk_id TEXT NOT NULL,
    municipality_id TEXT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    sequence BIGINT NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    finalised INTEGER NOT NULL,
    shared_with_municipality INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL,
    closed_at TEXT,
    listed_on TEXT NOT NULL,
    marks TEXT NOT NULL,
    change BIGINT NOT NULL,
    kind TEXT,
    received_on TEXT,
    started_at TEXT,
    ended_at TEXT,
    receiver_id TEXT,
    caller_name TEXT NOT NULL,
    caller_kana TEXT NOT NULL,
    caller_affiliation TEXT NOT NULL,
    caller_profession TEXT,
    caller_profession_note TEXT NOT NULL,
    caller_phone TEXT NOT NULL,
    caller_contact TEXT,
    method TEXT,
    method_note TEXT NOT NULL,
    subject TEXT NOT NULL,
    request TEXT NOT NULL,
    background TEXT NOT NULL,
    age_band TEXT,
    household TEXT,
    care_level TEXT,
    illness TEXT NOT NULL,
    district_id TEXT,
    topic TEXT,
    subtopic TEXT,
    urgency TEXT,
    difficulty TEXT,
    support_text TEXT NOT NULL,
    result TEXT,
    result_on TEXT,
    follow_up_on TEXT,
    follow_up_note TEXT NOT NULL,
    awareness TEXT NOT NULL,
    physician_asked_on TEXT,
    physician_question TEXT NOT NULL,
    physician_advised_on TEXT,
    physician_assessment TEXT NOT NULL,
    physician_direction TEXT NOT NULL,
    sheet TEXT NOT NULL,
    sealed TEXT,
    follow_up_id TEXT,
    PRIMARY KEY (batch_id, line)
);
CREATE INDEX prepared_consultations_by_day ON prepared_consultations (batch_id, received_on, caller_name);
CREATE TABLE prepared_elements (
    batch_id TEXT NOT NULL,
    line BIGINT NOT NULL,
    consultation_id TEXT NOT NULL,
    element TEXT NOT NULL,
    value TEXT NOT NULL,
    text TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (batch_id, line, position)
);
CREATE TABLE public_directories (
    municipality_id TEXT PRIMARY KEY REFERENCES regions (id),
    version BIGINT NOT NULL,
    published INTEGER NOT NULL,
    note TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id)
);
CREATE TABLE recovery_codes (
    user_id TEXT NOT NULL REFERENCES users (id),
    code_hash TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (user_id, code_hash)
);
CREATE TABLE referral_tellings (
    id TEXT PRIMARY KEY,
    referral_id TEXT NOT NULL REFERENCES referrals (id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    way TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX referral_tellings_by_referral ON referral_tellings (referral_id, at);
CREATE TABLE referral_versions (
    referral_id TEXT NOT NULL REFERENCES referrals (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (referral_id, version)
);
CREATE INDEX referral_versions_by_person ON referral_versions (by_id, at);
CREATE TABLE referrals (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    match_id TEXT NOT NULL REFERENCES matches (id),
    consultation_id TEXT NOT NULL REFERENCES consultations (id),
    place_id TEXT NOT NULL REFERENCES places (id),
    place_name TEXT NOT NULL,
    distance_km DOUBLE PRECISION,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    by_page INTEGER NOT NULL CHECK (by_page IN (0, 1)),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    method TEXT NOT NULL,
    to_name TEXT NOT NULL,
    reached_at TEXT NOT NULL,
    message TEXT NOT NULL,
    shown TEXT NOT NULL,
    person_label TEXT NOT NULL,
    sent_on TEXT,
    reply_by TEXT,
    received_on TEXT,
    answer TEXT,
    reason TEXT,
    answer_words TEXT NOT NULL,
    answered_on TEXT,
    answered_by TEXT NOT NULL,
    outcome TEXT,
    outcome_reason TEXT,
    outcome_words TEXT NOT NULL,
    outcome_on TEXT,
    follow_up_on TEXT,
    followed_on TEXT,
    follow_up_words TEXT NOT NULL
);
CREATE INDEX referrals_by_consultation ON referrals (consultation_id, created_at);
CREATE INDEX referrals_by_desk ON referrals (desk_id, municipality_id, created_at);
CREATE INDEX referrals_by_match ON referrals (match_id, created_at);
CREATE INDEX referrals_by_municipality ON referrals (municipality_id, created_at);
CREATE INDEX referrals_by_place ON referrals (place_id, created_at);
CREATE INDEX referrals_open ON referrals (desk_id, reply_by) WHERE state IN ('prepared', 'sent', 'received');
CREATE INDEX referrals_to_follow ON referrals (desk_id, follow_up_on) WHERE state = 'settled';
CREATE TABLE regions (
    id TEXT PRIMARY KEY,
    parent_id TEXT REFERENCES regions (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kana TEXT NOT NULL,
    position INTEGER NOT NULL,
    ended_on TEXT
);
CREATE INDEX regions_by_parent ON regions (parent_id, position);
CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL);
CREATE TABLE schemes (
    name TEXT PRIMARY KEY,
    label_ja TEXT NOT NULL,
    label_en TEXT NOT NULL,
    parent_scheme TEXT,
    pack TEXT NOT NULL,
    version INTEGER NOT NULL,
    edited INTEGER NOT NULL
);
CREATE TABLE search_blocks (
    number INTEGER PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    documents BIGINT NOT NULL,
    buckets BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL
, source TEXT NOT NULL DEFAULT 'consultation');
CREATE TABLE search_pieces (
    place INTEGER PRIMARY KEY,
    piece TEXT NOT NULL
);
CREATE TABLE search_shelves (
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    form TEXT NOT NULL,
    indexed_change BIGINT NOT NULL,
    indexed_id TEXT NOT NULL,
    PRIMARY KEY (desk_id, municipality_id)
);
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    csrf_token TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE sheets (
    pack TEXT NOT NULL,
    version INTEGER NOT NULL,
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    form_number_ja TEXT NOT NULL,
    form_number_en TEXT NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (pack, version)
);
CREATE TABLE source_records (
    id TEXT PRIMARY KEY,
    service_id TEXT NOT NULL REFERENCES place_services (id),
    place_id TEXT NOT NULL REFERENCES places (id),
    source TEXT NOT NULL,
    service TEXT NOT NULL,
    source_key TEXT NOT NULL,
    municipality_code TEXT NOT NULL,
    cells TEXT NOT NULL,
    import_id TEXT NOT NULL REFERENCES official_imports (id),
    earlier_import_id TEXT REFERENCES official_imports (id),
    missing_since TEXT
, own_place_id TEXT REFERENCES places (id));
CREATE INDEX source_records_by_import ON source_records (import_id);
CREATE UNIQUE INDEX source_records_by_key ON source_records (source, service, source_key);
CREATE INDEX source_records_by_own_place ON source_records (own_place_id);
CREATE INDEX source_records_by_place ON source_records (place_id);
CREATE INDEX source_records_by_service ON source_records (service_id);
CREATE TABLE survey_rounds (
    id TEXT PRIMARY KEY,
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    desk_id TEXT REFERENCES desks (id),
    version BIGINT NOT NULL,
    title TEXT NOT NULL,
    begun_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    note TEXT NOT NULL,
    closed INTEGER NOT NULL,
    chosen_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id)
);
CREATE INDEX survey_rounds_by_municipality ON survey_rounds (municipality_id, begun_on, id);
CREATE TABLE tasks (
    id TEXT PRIMARY KEY,
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    owner_id TEXT REFERENCES users (id),
    due_on TEXT,
    state TEXT NOT NULL
);
CREATE INDEX tasks_by_due ON tasks (state, due_on);
CREATE INDEX tasks_by_meeting ON tasks (meeting_id, position);
CREATE TABLE term_versions (
    term_id TEXT NOT NULL REFERENCES terms (id),
    version INTEGER NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (term_id, version)
);
CREATE INDEX term_versions_by_person ON term_versions (by_id, at);
CREATE TABLE terms (
    id TEXT PRIMARY KEY,
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    pack_key TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    written INTEGER NOT NULL,
    hidden INTEGER NOT NULL,
    headword TEXT NOT NULL,
    kana TEXT NOT NULL,
    english TEXT NOT NULL,
    names TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    text_en TEXT NOT NULL,
    related TEXT NOT NULL,
    law TEXT NOT NULL,
    chapter TEXT NOT NULL,
    links TEXT NOT NULL
);
CREATE INDEX terms_by_municipality ON terms (municipality_id, id);
CREATE UNIQUE INDEX terms_of_the_pack ON terms (municipality_id, pack_key) WHERE pack_key IS NOT NULL;
CREATE TABLE upload_parts (
    upload_id TEXT NOT NULL REFERENCES uploads (id),
    number BIGINT NOT NULL,
    size BIGINT NOT NULL,
    checksum TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (upload_id, number)
);
CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    state TEXT NOT NULL,
    store TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT
);
CREATE INDEX uploads_by_owner ON uploads (owner_id, state);
CREATE INDEX uploads_expiring ON uploads (expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kana TEXT NOT NULL,
    profession TEXT NOT NULL,
    active INTEGER NOT NULL,
    password_hash TEXT NOT NULL,
    must_change_password INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    locked_until TEXT,
    last_sign_in TEXT,
    totp_secret TEXT NOT NULL,
    totp_enabled INTEGER NOT NULL,
    totp_last_step BIGINT NOT NULL,
    version INTEGER NOT NULL
);
CREATE TABLE vacancies (
    id TEXT PRIMARY KEY,
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    desk_id TEXT REFERENCES desks (id),
    place_id TEXT NOT NULL REFERENCES places (id),
    service TEXT NOT NULL,
    version BIGINT NOT NULL,
    acceptance TEXT NOT NULL,
    unit TEXT NOT NULL,
    free BIGINT,
    conditions TEXT NOT NULL,
    from_on TEXT,
    told_on TEXT NOT NULL,
    told_by TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    by_page INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id)
);
CREATE INDEX vacancies_by_expiry ON vacancies (municipality_id, expires_on);
CREATE UNIQUE INDEX vacancies_by_place ON vacancies (municipality_id, place_id, service);
CREATE TABLE vacancy_versions (
    vacancy_id TEXT NOT NULL REFERENCES vacancies (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (vacancy_id, version)
);
