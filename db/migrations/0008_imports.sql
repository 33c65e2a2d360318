-- Logs of former years, read from workbooks and CSV files. What a file holds is prepared beside the records, as long as it
-- takes, and moved among them by one transaction; until then nothing of it is a consultation.
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

-- The lines of the file in pieces, until they are taken or thrown away.
CREATE TABLE import_lines (
    import_id TEXT NOT NULL REFERENCES imports (id),
    table_number BIGINT NOT NULL,
    first_line BIGINT NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (import_id, table_number, first_line)
);

-- What is wrong with a line, and what it says that was there before.
CREATE TABLE import_faults (
    import_id TEXT NOT NULL REFERENCES imports (id),
    line BIGINT NOT NULL,
    kind TEXT NOT NULL,
    faults TEXT NOT NULL,
    PRIMARY KEY (import_id, line)
);

-- How the columns and words of a desk's files are read, by a name.
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

-- Consultations on their way in: every column of the table they go to, the sheet, and the person sealed.
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

-- Which consultations came in together, and from which line.
CREATE TABLE consultation_batches (
    batch_id TEXT NOT NULL,
    line BIGINT NOT NULL,
    consultation_id TEXT NOT NULL REFERENCES consultations (id),
    PRIMARY KEY (batch_id, line)
);
CREATE INDEX consultation_batches_by_consultation ON consultation_batches (consultation_id);
