-- Holidays that an administrator loaded from the official file; a year that is here is not read from the pack.
CREATE TABLE holidays (
    day TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    loaded_by TEXT NOT NULL REFERENCES users (id)
);
CREATE INDEX holidays_by_loading ON holidays (loaded_at, day);

-- Coordination of a discharge from hospital. The place of the hospital is no reference: an import that is undone takes
-- places away, and the name stays.
CREATE TABLE discharges (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    consultation_id TEXT REFERENCES consultations (id),
    earlier_id TEXT REFERENCES discharges (id),
    readmitted_after BIGINT,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    subject TEXT NOT NULL,
    hospital TEXT NOT NULL,
    hospital_place_id TEXT,
    ward TEXT NOT NULL,
    admitted_on TEXT,
    planned_on TEXT,
    decided_on TEXT,
    left_on TEXT,
    destination TEXT,
    destination_name TEXT NOT NULL,
    wishes TEXT NOT NULL,
    family_wishes TEXT NOT NULL,
    difficulties TEXT NOT NULL,
    course TEXT NOT NULL,
    owner_id TEXT REFERENCES users (id),
    parties TEXT NOT NULL
);
CREATE INDEX discharges_by_desk ON discharges (desk_id, municipality_id, planned_on);
CREATE INDEX discharges_by_municipality ON discharges (municipality_id, left_on);
CREATE INDEX discharges_of_consultation ON discharges (consultation_id) WHERE consultation_id IS NOT NULL;
CREATE UNIQUE INDEX discharges_of_earlier ON discharges (earlier_id) WHERE earlier_id IS NOT NULL;

CREATE TABLE discharge_papers (
    discharge_id TEXT NOT NULL REFERENCES discharges (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    asked_on TEXT,
    due_on TEXT,
    due_by_hand INTEGER NOT NULL CHECK (due_by_hand IN (0, 1)),
    received_on TEXT,
    not_needed INTEGER NOT NULL CHECK (not_needed IN (0, 1)),
    with_whom TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (discharge_id, position)
);
CREATE INDEX discharge_papers_due ON discharge_papers (due_on, discharge_id) WHERE received_on IS NULL;

CREATE TABLE discharge_versions (
    discharge_id TEXT NOT NULL REFERENCES discharges (id),
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (discharge_id, version)
);
CREATE INDEX discharge_versions_by_person ON discharge_versions (by_id, at);

-- Forms filled in for a discharge or a case: who somebody is stands in them, so their answers are sealed.
CREATE TABLE discharge_forms (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    consultation_id TEXT REFERENCES consultations (id),
    discharge_id TEXT REFERENCES discharges (id),
    form TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    written_on TEXT NOT NULL,
    sealed TEXT NOT NULL
);
CREATE INDEX discharge_forms_by_desk ON discharge_forms (desk_id, municipality_id, form);
CREATE INDEX discharge_forms_of_discharge ON discharge_forms (discharge_id) WHERE discharge_id IS NOT NULL;
CREATE INDEX discharge_forms_of_consultation ON discharge_forms (consultation_id) WHERE consultation_id IS NOT NULL;

CREATE TABLE discharge_form_versions (
    form_id TEXT NOT NULL REFERENCES discharge_forms (id),
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (form_id, version)
);
CREATE INDEX discharge_form_versions_by_person ON discharge_form_versions (by_id, at);

-- What the registers of two physicians and of start-up support keep beside an activity's words (図16 ②, 図4).
ALTER TABLE activities ADD COLUMN conditions TEXT NOT NULL DEFAULT '';
ALTER TABLE activities ADD COLUMN candidates TEXT NOT NULL DEFAULT '';
ALTER TABLE activities ADD COLUMN agreement TEXT NOT NULL DEFAULT '';
ALTER TABLE activities ADD COLUMN agreed_on TEXT;
ALTER TABLE activities ADD COLUMN begun_on TEXT;
ALTER TABLE activities ADD COLUMN follow_up_on TEXT;
