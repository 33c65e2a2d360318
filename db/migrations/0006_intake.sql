-- Who called a desk before: each person of each affiliation once, kept with every sheet that is registered or changed, so
-- that the first two letters find them among any number of consultations. `searched` holds name, reading, affiliation
-- and the digits of the phone in the one form in which they are compared; empty until the program has written it.
-- `last_day` counts from 1970-01-01.
CREATE TABLE callers (
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    name TEXT NOT NULL,
    affiliation TEXT NOT NULL,
    kana TEXT NOT NULL,
    profession TEXT,
    phone TEXT NOT NULL,
    contact TEXT,
    times BIGINT NOT NULL,
    last_on TEXT NOT NULL,
    last_day BIGINT NOT NULL,
    searched TEXT NOT NULL,
    PRIMARY KEY (desk_id, name, affiliation)
);
INSERT INTO callers (desk_id, municipality_id, name, affiliation, kana, profession, phone, contact, times, last_on, last_day, searched)
SELECT n.desk_id, n.municipality_id, n.caller_name, n.caller_affiliation, '', n.caller_profession, n.caller_phone, NULL,
    n.times, n.newest, 0, ''
FROM (
    SELECT c.desk_id, c.municipality_id, c.caller_name, c.caller_affiliation, c.caller_profession, c.caller_phone, c.listed_on,
        count(*) OVER (PARTITION BY c.desk_id, c.caller_name, c.caller_affiliation) AS times,
        max(c.listed_on) OVER (PARTITION BY c.desk_id, c.caller_name, c.caller_affiliation) AS newest,
        row_number() OVER (PARTITION BY c.desk_id, c.caller_name, c.caller_affiliation
            ORDER BY CASE WHEN c.caller_phone = '' THEN 1 ELSE 0 END, c.listed_on DESC, c.id DESC) AS place
    FROM consultations c WHERE c.state <> 'draft' AND c.caller_name <> ''
) n WHERE n.place = 1;
-- Looked through letter by letter within a desk; what does not fit is never fetched from the table.
CREATE INDEX callers_by_desk ON callers (desk_id, searched);
CREATE INDEX callers_unwritten ON callers (desk_id) WHERE searched = '';

ALTER TABLE consultations ADD COLUMN caller_kana TEXT NOT NULL DEFAULT '';
ALTER TABLE consultations ADD COLUMN caller_contact TEXT;
-- The sheets somebody has begun and not yet registered, side by side on the intake screen.
CREATE INDEX consultations_begun ON consultations (created_by, created_at) WHERE state = 'draft';

-- Sentences of a desk, put into a sheet with a key.
CREATE TABLE phrases (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    kana TEXT NOT NULL,
    text TEXT NOT NULL,
    field TEXT,
    topic TEXT
);
CREATE INDEX phrases_by_desk ON phrases (desk_id);

-- Of a question: the field of the sheet that answers it.
ALTER TABLE codes ADD COLUMN field TEXT;
