-- What was done about a case after the call, and what is to be done when. The columns follow_up_on and follow_up_note of
-- consultations become those of the next follow-up that is open, whoever set it; what the sheet says stands in its versions.
ALTER TABLE consultations ADD COLUMN physician_question TEXT NOT NULL DEFAULT '';
ALTER TABLE consultations ADD COLUMN activities BIGINT NOT NULL DEFAULT 0;

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
CREATE INDEX follow_ups_of_consultation ON follow_ups (consultation_id, done_at, due_on, id);
CREATE INDEX follow_ups_by_owner ON follow_ups (owner_id, due_on) WHERE done_at IS NULL;
-- The one day that a sheet had becomes the case's first follow-up.
INSERT INTO follow_ups (id, desk_id, municipality_id, consultation_id, version, due_on, note, owner_id, of_sheet, done_at,
    done_by, created_at, created_by, updated_at, updated_by)
SELECT c.id, c.desk_id, c.municipality_id, c.id, 1, c.follow_up_on, c.follow_up_note, NULL, 1, NULL, NULL, c.updated_at,
    c.updated_by, c.updated_at, c.updated_by
FROM consultations c WHERE c.follow_up_on IS NOT NULL;

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
);
CREATE INDEX activities_of_consultation ON activities (consultation_id, done_on);
CREATE INDEX activities_by_desk ON activities (desk_id, municipality_id, done_on);
CREATE INDEX activities_by_municipality ON activities (municipality_id, done_on);

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
