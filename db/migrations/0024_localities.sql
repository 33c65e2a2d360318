-- Lists that are the same for the whole country: which municipalities there are, which there were, and the towns of postal codes.
CREATE TABLE locality_loadings (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    count BIGINT NOT NULL,
    loaded_at TEXT NOT NULL,
    loaded_by_name TEXT NOT NULL,
    undo TEXT NOT NULL
);
CREATE INDEX locality_loadings_by_kind ON locality_loadings (kind, id);

CREATE TABLE municipality_codes (
    code TEXT PRIMARY KEY,
    prefecture TEXT NOT NULL,
    name TEXT NOT NULL,
    kana TEXT NOT NULL
);

CREATE TABLE municipality_changes (
    code TEXT NOT NULL,
    successor TEXT NOT NULL,
    changed_on TEXT NOT NULL,
    name TEXT NOT NULL,
    successor_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (code, successor, changed_on)
);

CREATE TABLE postal_towns (
    postal_code TEXT NOT NULL,
    municipality_code TEXT NOT NULL,
    prefecture TEXT NOT NULL,
    municipality TEXT NOT NULL,
    town TEXT NOT NULL,
    PRIMARY KEY (postal_code, municipality_code, town)
);
CREATE INDEX postal_towns_by_town ON postal_towns (municipality_code, town, postal_code);
