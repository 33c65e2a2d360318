-- Words among some hundred thousand places without looking through all of them: the letters of what a place is found by, three
-- by three, as SQLite's own full-text index takes them. Two blanks end every text, so that its last two letters begin one of
-- the threes as well: a word of two letters is looked up by the threes that begin with it, which place_terms lists. Numbers
-- are those of the rows of places; the triggers keep it true, and restoring a backup fills it again.
CREATE VIRTUAL TABLE place_words USING fts5(searched, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1');
CREATE VIRTUAL TABLE place_terms USING fts5vocab(place_words, row);
INSERT INTO place_words (rowid, searched) SELECT rowid, searched || '  ' FROM places;
CREATE TRIGGER place_words_added AFTER INSERT ON places BEGIN
    INSERT INTO place_words (rowid, searched) VALUES (new.rowid, new.searched || '  '); END;
CREATE TRIGGER place_words_removed AFTER DELETE ON places BEGIN
    INSERT INTO place_words (place_words, rowid, searched) VALUES ('delete', old.rowid, old.searched || '  '); END;
CREATE TRIGGER place_words_changed AFTER UPDATE OF searched ON places WHEN old.searched <> new.searched BEGIN
    INSERT INTO place_words (place_words, rowid, searched) VALUES ('delete', old.rowid, old.searched || '  '); INSERT INTO place_words (rowid, searched) VALUES (new.rowid, new.searched || '  '); END;

-- A map of the whole country counts eighths of a degree in the order of their index instead of sorting all places by fields.
DROP INDEX places_on_map;
CREATE INDEX places_on_map ON places (CAST(latitude * 8 AS BIGINT), CAST(longitude * 8 AS BIGINT), latitude, longitude, municipality_id, municipality_code, joined_to, closed_on, id)
    WHERE joined_to IS NULL AND closed_on IS NULL;
