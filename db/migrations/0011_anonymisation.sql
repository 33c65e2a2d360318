-- The anonymised words of a case as somebody confirmed them. They stand beside the record, which stays as it is.
-- `document` holds the words of each field and the coded background; `decisions` what became of each mark, as places in
-- the sheet of `sheet_version`, without the words that stood there. `originals` is a fingerprint of the words that were
-- anonymised: when those of the sheet have another one, the text is out of date.
CREATE TABLE anonymised_texts (
    consultation_id TEXT PRIMARY KEY REFERENCES consultations (id),
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    version BIGINT NOT NULL,
    sheet_version BIGINT NOT NULL,
    confirmed_at TEXT NOT NULL,
    confirmed_by TEXT NOT NULL REFERENCES users (id),
    originals TEXT NOT NULL,
    document TEXT NOT NULL,
    decisions TEXT NOT NULL
);
CREATE INDEX anonymised_texts_by_desk ON anonymised_texts (desk_id, municipality_id);

CREATE TABLE anonymised_text_versions (
    consultation_id TEXT NOT NULL REFERENCES anonymised_texts (consultation_id),
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (consultation_id, version)
);

-- How many people share district, age band, household and illness is counted up to ten, within this index alone.
CREATE INDEX consultations_alike ON consultations (district_id, age_band, household, illness) WHERE state <> 'draft';
