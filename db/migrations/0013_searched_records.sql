-- Activities and files are found by the search too. As every change of a case does, a change of theirs takes the next
-- number of its desk in the same transaction; what was there before has none and comes first.
ALTER TABLE activities ADD COLUMN change BIGINT NOT NULL DEFAULT 0;
ALTER TABLE attachments ADD COLUMN change BIGINT NOT NULL DEFAULT 0;
CREATE INDEX activities_by_change ON activities (desk_id, municipality_id, change, id);
CREATE INDEX attachments_by_change ON attachments (desk_id, municipality_id, change, id);
INSERT INTO consultation_shelves (desk_id, municipality_id, last_change)
SELECT DISTINCT a.desk_id, a.municipality_id, 0 FROM activities a WHERE NOT EXISTS (
    SELECT 1 FROM consultation_shelves s WHERE s.desk_id = a.desk_id AND s.municipality_id = a.municipality_id);

-- A block of the index holds records of one kind.
ALTER TABLE search_blocks ADD COLUMN source TEXT NOT NULL DEFAULT 'consultation';
