-- What a later file has taken the place of stays below it for as long as that file stands, so that it can be taken back.
CREATE TABLE map_layers (
    code TEXT NOT NULL,
    import_id TEXT NOT NULL REFERENCES map_imports (id),
    replaced_by TEXT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    latitude DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL,
    area_km2 DOUBLE PRECISION NOT NULL,
    shape TEXT NOT NULL,
    PRIMARY KEY (code, import_id)
);
INSERT INTO map_layers (code, import_id, replaced_by, name, short_name, latitude, longitude, area_km2, shape)
    SELECT code, import_id, '', name, short_name, latitude, longitude, area_km2, shape FROM map_regions;
DROP TABLE map_regions;
ALTER TABLE map_layers RENAME TO map_regions;
CREATE INDEX map_regions_by_import ON map_regions (import_id);
CREATE INDEX map_regions_by_replacement ON map_regions (replaced_by, code);
ALTER TABLE map_labels ADD COLUMN replaced_by TEXT NOT NULL DEFAULT '';
