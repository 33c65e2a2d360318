-- Official files are read, applied and taken back by a job. A file may tell of some numbers only (`covers`, what they
-- begin with). Several records may tell of one service, and a place may be joined to another, which then has its records;
-- `own_place_id` is where a record goes back to. Places without a source belong to a municipality.
ALTER TABLE official_imports ADD COLUMN covers TEXT NOT NULL DEFAULT '[]';
ALTER TABLE official_imports ADD COLUMN lines_done BIGINT NOT NULL DEFAULT 0;
ALTER TABLE official_imports ADD COLUMN beat_at TEXT;
ALTER TABLE official_imports ADD COLUMN compared_at TEXT;
ALTER TABLE official_imports ADD COLUMN refusal TEXT NOT NULL DEFAULT '';
ALTER TABLE official_imports ADD COLUMN refused_at TEXT NOT NULL DEFAULT '';
ALTER TABLE official_imports ADD COLUMN preview TEXT NOT NULL DEFAULT '[]';
ALTER TABLE place_services ADD COLUMN since TEXT;
ALTER TABLE source_records ADD COLUMN own_place_id TEXT REFERENCES places (id);
UPDATE source_records SET own_place_id = place_id;
CREATE INDEX source_records_by_own_place ON source_records (own_place_id);
ALTER TABLE places ADD COLUMN joined_to TEXT REFERENCES places (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE places ADD COLUMN municipality_id TEXT REFERENCES regions (id);
ALTER TABLE places ADD COLUMN closed_on TEXT;
CREATE INDEX places_by_joined ON places (joined_to);
CREATE INDEX places_by_owner ON places (municipality_id, listed_as, id);
CREATE INDEX places_by_corporation ON places (corporate_number, listed_as, id);

-- Names of municipalities as official files write them beside the codes; addresses begin with them.
CREATE TABLE municipality_names (
    code TEXT PRIMARY KEY,
    prefecture TEXT NOT NULL,
    name TEXT NOT NULL
);

-- Places that no official file tells of, registered by people of a municipality. The place has the same id.
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

-- What the columns of a list mean that no layout describes. It never changes: records keep their cells by its positions.
CREATE TABLE official_mappings (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    service TEXT NOT NULL,
    municipality_code TEXT NOT NULL,
    columns TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id)
);

-- Two places of different sources that may be one, and what somebody decided.
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
CREATE UNIQUE INDEX place_matches_by_pair ON place_matches (place_id, other_id);
CREATE INDEX place_matches_by_other ON place_matches (other_id);
CREATE INDEX place_matches_by_state ON place_matches (state, municipality_code, score, id);

-- Who runs places, by number.
CREATE TABLE corporations (
    number TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    searched TEXT NOT NULL
);
CREATE INDEX corporations_by_name ON corporations (name, number);
INSERT INTO corporations (number, name, searched) SELECT p.corporate_number, max(p.corporation), max(p.corporation) FROM places p WHERE p.corporate_number <> '' GROUP BY p.corporate_number;
