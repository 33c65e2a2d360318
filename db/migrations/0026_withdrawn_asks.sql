-- The ask itself was withdrawn, whatever state its page was in; cleared when that is taken back. withdrawn_at says that
-- only the page is out of use: another took its place, or the answer came on another way.
ALTER TABLE answer_pages ADD COLUMN ask_withdrawn_at TEXT;
