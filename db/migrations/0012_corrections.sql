-- A finalisation that was a mistake is undone by two people: one asks with a reason, another one agrees.
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
CREATE UNIQUE INDEX finalisation_undos_open ON finalisation_undos (consultation_id) WHERE settled_at IS NULL;
CREATE INDEX finalisation_undos_by_version ON finalisation_undos (consultation_id, settled_version);

-- The list of what is to be done, by day.
CREATE INDEX follow_ups_open ON follow_ups (desk_id, municipality_id, due_on, id) WHERE done_at IS NULL;
