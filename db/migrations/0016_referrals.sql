-- A page on which somebody without an account answers one question of another module (kind, subject_id). Neither token nor
-- code stands here, only their hashes.
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
);
CREATE UNIQUE INDEX answer_pages_by_token ON answer_pages (token_hash);
CREATE INDEX answer_pages_by_subject ON answer_pages (kind, subject_id, created_at);
CREATE INDEX answer_pages_by_desk ON answer_pages (municipality_id, desk_id, created_at);
