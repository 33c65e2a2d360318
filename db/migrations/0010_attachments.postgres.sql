-- Bytes on their way in, and the files attached to cases. An upload belongs to the person who sends it, to no desk, until
-- something takes it. Its parts are sealed, as text; they stay with it for good when it becomes an attachment, or their
-- content is '' and an object store holds it under the same names.
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

CREATE TABLE upload_parts (
    upload_id TEXT NOT NULL REFERENCES uploads (id),
    number BIGINT NOT NULL,
    size BIGINT NOT NULL,
    checksum TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (upload_id, number)
);
-- Sealed bytes cannot be packed.
ALTER TABLE upload_parts ALTER COLUMN content SET STORAGE EXTERNAL;

-- upload_id is NULL when the content was erased, some time after the attachment was withdrawn.
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
    erase_at TEXT,
    CHECK (consultation_id IS NOT NULL OR activity_id IS NOT NULL)
);
CREATE INDEX attachments_of_consultation ON attachments (consultation_id, created_at);
CREATE INDEX attachments_of_activity ON attachments (activity_id, created_at);
CREATE INDEX attachments_to_erase ON attachments (erase_at) WHERE erase_at IS NOT NULL;

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
