-- When somebody is answered beyond office hours, in which languages, and what it costs: lists of codes as JSON.
ALTER TABLE place_locals ADD COLUMN open_times TEXT NOT NULL DEFAULT '[]';
ALTER TABLE place_locals ADD COLUMN languages TEXT NOT NULL DEFAULT '[]';
ALTER TABLE place_locals ADD COLUMN costs TEXT NOT NULL DEFAULT '[]';
ALTER TABLE place_locals ADD COLUMN cost_note TEXT NOT NULL DEFAULT '';
