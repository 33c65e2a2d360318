-- The index of the search over consultations. Everything in it can be made anew from the records (`tsunagi reindex`), so a
-- backup leaves it out. How far each shelf is indexed, along the changes of consultation_shelves; what is newer is looked
-- through without an index.
CREATE TABLE search_shelves (
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    form TEXT NOT NULL,
    indexed_change BIGINT NOT NULL,
    indexed_id TEXT NOT NULL,
    PRIMARY KEY (desk_id, municipality_id)
);

-- Some hundred to some hundred thousand records of a shelf.
CREATE TABLE search_blocks (
    number INTEGER PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id),
    municipality_id TEXT NOT NULL REFERENCES regions (id),
    documents BIGINT NOT NULL,
    buckets BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL
);

-- What the blocks hold, by block and bucket in one number: the one way in which it is looked up.
CREATE TABLE search_pieces (
    place INTEGER PRIMARY KEY,
    piece TEXT NOT NULL
);
