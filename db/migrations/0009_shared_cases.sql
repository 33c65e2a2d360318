-- The cases that a desk shares, newest first: of them the other desks of the municipality are shown the anonymised
-- background where a case is like theirs. Few of all cases are shared.
CREATE INDEX consultations_shared ON consultations (municipality_id, listed_on) WHERE shared_with_municipality = 1;
