-- Finding places by words and by distance among some hundred thousand. The first index holds what the list by name looks
-- through, in its order, so that no row of a place is read for it; the one it replaces would be taken instead.
CREATE INDEX places_by_words ON places (listed_as, id, municipality_code, searched);
DROP INDEX places_by_name;
CREATE INDEX places_by_latitude ON places (latitude, longitude, municipality_code, id);
