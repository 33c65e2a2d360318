-- The directory of regional resources. What official files say (places, services, source records) is public and belongs
-- to the whole installation; what a municipality knows of a place lies over it and is touched by no import.
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
);
CREATE INDEX official_imports_by_source ON official_imports (source, service, applied_at);
CREATE INDEX official_imports_by_time ON official_imports (created_at);

-- What applying an import will change, and what stood there before.
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

-- One building or office. Its columns are the newest of its source records.
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
);
CREATE UNIQUE INDEX places_by_source ON places (source, source_key);
CREATE INDEX places_by_name ON places (listed_as, id);
CREATE INDEX places_by_municipality ON places (municipality_code, listed_as, id);

CREATE TABLE place_services (
    id TEXT PRIMARY KEY,
    place_id TEXT NOT NULL REFERENCES places (id),
    service TEXT NOT NULL,
    capacity BIGINT,
    open_days TEXT NOT NULL,
    days_note TEXT NOT NULL,
    missing_since TEXT
);
CREATE UNIQUE INDEX place_services_by_place ON place_services (place_id, service);
CREATE INDEX place_services_by_service ON place_services (service, place_id);

-- A row of an official file with every one of its columns, and the import that saw it last.
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
);
CREATE UNIQUE INDEX source_records_by_key ON source_records (source, service, source_key);
CREATE INDEX source_records_by_place ON source_records (place_id);
CREATE INDEX source_records_by_import ON source_records (import_id);
CREATE INDEX source_records_by_service ON source_records (service_id);

-- What a municipality knows of a place.
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
);
CREATE UNIQUE INDEX place_locals_by_place ON place_locals (municipality_id, place_id);
CREATE INDEX place_locals_of_place ON place_locals (place_id);
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
