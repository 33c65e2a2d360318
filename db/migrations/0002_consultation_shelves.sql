-- Lists and figures are answered from the coded columns of each desk's consultations, kept in the server's memory. What
-- changed since they were read is found by these numbers: every change of a consultation takes the next number of its
-- desk in the same transaction, so a reader sees exactly what its snapshot holds, whichever server wrote it.
CREATE TABLE consultation_shelves (
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    last_change BIGINT NOT NULL,
    PRIMARY KEY (desk_id, municipality_id)
);
CREATE INDEX consultation_shelves_by_municipality ON consultation_shelves (municipality_id);
INSERT INTO consultation_shelves (desk_id, municipality_id, last_change)
SELECT c.desk_id, c.municipality_id, 1 FROM consultations c GROUP BY c.desk_id, c.municipality_id;

-- Drafts that were thrown away: a server that still has one in its memory learns of it here.
CREATE TABLE consultation_removals (
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    change BIGINT NOT NULL,
    consultation_id TEXT NOT NULL,
    PRIMARY KEY (desk_id, municipality_id, change)
);

ALTER TABLE consultations ADD COLUMN change BIGINT NOT NULL DEFAULT 0;

-- The one wide index: what is kept in memory is read from it alone, all of it at a start and the newest changes later.
-- It takes the place of the two that every list searched.
DROP INDEX consultations_by_desk;
DROP INDEX consultations_by_municipality;
CREATE INDEX consultations_by_change ON consultations
    (desk_id, municipality_id, change, id, listed_on, follow_up_on, updated_at, fiscal_year, sequence, state, kind,
     topic, subtopic, caller_profession, urgency, difficulty, result, receiver_id, district_id, marks);
-- What is still open, for the home board.
CREATE INDEX consultations_open ON consultations (municipality_id, desk_id, updated_at)
    WHERE state IN ('open', 'on_hold', 'reopened');
