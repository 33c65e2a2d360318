-- Finding places by words and by distance among some hundred thousand. The first index is over the letters of what a place
-- is found by, two by two, since most words of care have two.
CREATE OR REPLACE FUNCTION place_pairs(searched TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
    'SELECT array_agg(substr($1, i, 2)) FROM generate_series(1, length($1) - 1) i';
CREATE INDEX places_by_words ON places USING gin (place_pairs(searched));
CREATE INDEX places_by_latitude ON places (latitude, longitude, municipality_code, id);

-- What maps are drawn from: boundaries of municipalities and wards, names of towns and stations. Public data.
CREATE TABLE map_imports (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    file_name TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    imported_by TEXT REFERENCES users (id)
);
CREATE TABLE map_regions (
    code TEXT PRIMARY KEY,
    import_id TEXT NOT NULL REFERENCES map_imports (id),
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    latitude DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL,
    area_km2 DOUBLE PRECISION NOT NULL,
    shape TEXT NOT NULL
);
CREATE INDEX map_regions_by_import ON map_regions (import_id);
CREATE TABLE map_labels (
    id TEXT PRIMARY KEY,
    import_id TEXT NOT NULL REFERENCES map_imports (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    area TEXT NOT NULL,
    latitude DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL
);
CREATE INDEX map_labels_by_import ON map_labels (import_id);
CREATE INDEX map_labels_by_area ON map_labels (kind, area);
CREATE INDEX map_labels_by_latitude ON map_labels (latitude, longitude);

-- A municipality that shows its directory to everybody.
CREATE TABLE public_directories (
    municipality_id TEXT PRIMARY KEY REFERENCES regions (id),
    version BIGINT NOT NULL,
    published INTEGER NOT NULL,
    note TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id)
);
