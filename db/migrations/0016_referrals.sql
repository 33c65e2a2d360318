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

-- What is looked for on behalf of one case. offered and fitting: how many places there were when it was last saved.
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
);
CREATE INDEX matches_by_desk ON matches (desk_id, municipality_id, created_at);
CREATE INDEX matches_by_municipality ON matches (municipality_id, created_at);
CREATE INDEX matches_by_consultation ON matches (consultation_id, created_at);

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

-- One place asked. place_name as it was then; distance_km from the middle of the district.
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
CREATE INDEX referrals_by_desk ON referrals (desk_id, municipality_id, created_at);
CREATE INDEX referrals_by_municipality ON referrals (municipality_id, created_at);
CREATE INDEX referrals_by_match ON referrals (match_id, created_at);
CREATE INDEX referrals_by_consultation ON referrals (consultation_id, created_at);
CREATE INDEX referrals_by_place ON referrals (place_id, created_at);
CREATE INDEX referrals_open ON referrals (desk_id, reply_by) WHERE state IN ('prepared', 'sent', 'received');
CREATE INDEX referrals_to_follow ON referrals (desk_id, follow_up_on) WHERE state = 'settled';

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
