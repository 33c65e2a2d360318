-- Taking a text apart costs as much as a thousand comparisons: who plans a search shall do it last, and leave it to the index.
ALTER FUNCTION place_pairs(TEXT) COST 1000;
