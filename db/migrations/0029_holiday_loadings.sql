-- Holidays that were read from the published file, and what each loading of it replaced.
CREATE TABLE holiday_days (
    day TEXT PRIMARY KEY,
    name TEXT NOT NULL
);
INSERT INTO holiday_days (day, name) SELECT day, name FROM holidays;
DROP TABLE holidays;

CREATE TABLE holiday_loadings (
    id TEXT PRIMARY KEY,
    file_name TEXT NOT NULL,
    from_year BIGINT NOT NULL,
    until_year BIGINT NOT NULL,
    count BIGINT NOT NULL,
    loaded_at TEXT NOT NULL,
    loaded_by_name TEXT NOT NULL,
    undo TEXT NOT NULL
);
