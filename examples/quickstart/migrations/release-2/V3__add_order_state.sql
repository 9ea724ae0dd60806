ALTER TABLE purchase ADD COLUMN state text NOT NULL DEFAULT 'open';
