-- Finding places by words and by distance among some hundred thousand. The first index is over the letters of what a place
-- is found by, two by two, since most words of care have two.
CREATE FUNCTION place_pairs(searched TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
    'SELECT array_agg(substr($1, i, 2)) FROM generate_series(1, length($1) - 1) i';
CREATE INDEX places_by_words ON places USING gin (place_pairs(searched));
CREATE INDEX places_by_latitude ON places (latitude, longitude, municipality_code, id);
