-- The home board counts from memory too: how far a case has come joins its marks (`worked_on`, and since when a physician's
-- answer is awaited). Records whose marks grow are changes of their shelf like any other.
UPDATE consultation_shelves SET last_change = last_change + 1;
UPDATE consultations SET
    marks = marks || 'worked_on ' || CASE
        WHEN physician_asked_on IS NULL OR physician_advised_on IS NOT NULL OR difficulty = 'ordinary' THEN ''
        ELSE 'awaiting_advice:' || physician_asked_on || ' ' END,
    change = (SELECT s.last_change FROM consultation_shelves s
              WHERE s.desk_id = consultations.desk_id AND s.municipality_id = consultations.municipality_id)
WHERE support_text <> '' OR result IS NOT NULL OR physician_asked_on IS NOT NULL;
-- Nothing looks for open cases in the table any more.
DROP INDEX consultations_open;
