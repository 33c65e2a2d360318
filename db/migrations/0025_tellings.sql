-- What left the desk of an ask, as it was then: later changes of the case change none of it.
CREATE TABLE referral_tellings (
    id TEXT PRIMARY KEY,
    referral_id TEXT NOT NULL REFERENCES referrals (id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    way TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX referral_tellings_by_referral ON referral_tellings (referral_id, at);

-- Conditions of a search that the directory knows of: when beyond office hours, in which languages, at what cost.
ALTER TABLE matches ADD COLUMN open_times TEXT NOT NULL DEFAULT '[]';
ALTER TABLE matches ADD COLUMN languages TEXT NOT NULL DEFAULT '[]';
ALTER TABLE matches ADD COLUMN costs TEXT NOT NULL DEFAULT '[]';
