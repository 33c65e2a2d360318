-- How far what is known of places can be trusted: yearly rounds, requests to the places to look at their own card, and
-- beds and places free with the age of the word.
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

-- What the place was shown and what it answered stand here whole; the local layer changes only by what somebody approved.
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
CREATE INDEX place_locals_by_check ON place_locals (municipality_id, checked_on);

-- The newest word of each service of a place; service is a code, so that a word outlives the rows of an official file.
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
CREATE UNIQUE INDEX vacancies_by_place ON vacancies (municipality_id, place_id, service);
CREATE INDEX vacancies_by_expiry ON vacancies (municipality_id, expires_on);
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
