-- What a municipality says of the terms of the pack, and its own terms. With a pack_key the row is about that term of the
-- pack; written: its text is in force.
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

-- What each person has ticked in the learning list.
CREATE TABLE learning_done (
    user_id TEXT NOT NULL REFERENCES users (id),
    item TEXT NOT NULL,
    done_at TEXT NOT NULL,
    PRIMARY KEY (user_id, item)
);
