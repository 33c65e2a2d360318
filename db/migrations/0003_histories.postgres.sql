-- Reopened is a state of its own, and the day a record was last closed outlives the reopening.
UPDATE consultations SET closed_at = (
    SELECT max(v.at) FROM consultation_versions v WHERE v.consultation_id = consultations.id AND v.kind = 'closed')
WHERE closed_at IS NULL;
UPDATE consultations SET state = 'reopened' WHERE state = 'open' AND closed_at IS NOT NULL;

-- Every table of versions has the same columns.
ALTER TABLE meeting_versions ADD COLUMN kind TEXT NOT NULL DEFAULT 'edited';
ALTER TABLE meeting_versions ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE indicator_versions ADD COLUMN kind TEXT NOT NULL DEFAULT 'edited';
ALTER TABLE indicator_versions ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE evaluation_versions ADD COLUMN kind TEXT NOT NULL DEFAULT 'edited';
ALTER TABLE evaluation_versions ADD COLUMN reason TEXT NOT NULL DEFAULT '';
UPDATE meeting_versions SET kind = 'created' WHERE version = 1;
UPDATE indicator_versions SET kind = 'created' WHERE version = 1;
UPDATE evaluation_versions SET kind = 'created' WHERE version = 1;

CREATE TABLE body_versions (
    body_id TEXT NOT NULL REFERENCES bodies (id),
    version INTEGER NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (body_id, version)
);
-- Bodies of before begin their history with what they are now; the audit knows who wrote it.
INSERT INTO body_versions (body_id, version, at, by_id, kind, reason, document)
SELECT b.id, b.version, a.at, a.actor_id, CASE WHEN b.version = 1 THEN 'created' ELSE 'edited' END, '',
    json_build_object('parent_id', b.parent_id, 'desk_id', b.desk_id, 'name', b.name, 'kind', b.kind, 'layer', b.layer,
        'member_categories', b.member_categories::json, 'frequency', b.frequency, 'basis', b.basis,
        'dormant', b.dormant = 1)::text
FROM bodies b JOIN audit_entries a ON a.subject_id = b.id
WHERE a.actor_id IS NOT NULL AND a.subject_kind = 'body' AND NOT EXISTS (
    SELECT 1 FROM audit_entries n WHERE n.subject_id = b.id AND n.subject_kind = 'body'
    AND (n.at > a.at OR (n.at = a.at AND (n.chain, n.sequence) > (a.chain, a.sequence))));
