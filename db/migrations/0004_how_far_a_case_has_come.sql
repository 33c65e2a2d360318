-- How far a case has come (begun, a physician asked and since when, advised) is counted from memory like its codes: it joins
-- the marks, in the words of marks_of (consultation_rules.hpp). Servers of this schema begin with an empty memory.
UPDATE consultations SET marks = marks || 'step:begun '
    WHERE support_text <> '' OR result IS NOT NULL OR physician_asked_on IS NOT NULL;
UPDATE consultations SET marks = marks || 'asked:' || physician_asked_on || ' ' WHERE physician_asked_on IS NOT NULL;
UPDATE consultations SET marks = marks || 'step:advised ' WHERE physician_advised_on IS NOT NULL;

-- The home board no longer walks it.
DROP INDEX consultations_open;
