-- The number a desk is reached at by FAX, printed where a reply is asked for.
ALTER TABLE desks ADD COLUMN fax TEXT NOT NULL DEFAULT '';
