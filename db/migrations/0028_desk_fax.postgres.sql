-- The number a desk is reached at by FAX, printed where a reply is asked for.
-- Checks that wait for the end of the upgrade hold the table and are made now.
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE desks ADD COLUMN fax TEXT NOT NULL DEFAULT '';
SET CONSTRAINTS ALL DEFERRED;
