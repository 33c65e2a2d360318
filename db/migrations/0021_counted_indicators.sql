-- What an indicator counts from the records by itself; empty: its values are written by hand.
ALTER TABLE indicators ADD COLUMN figure TEXT;
