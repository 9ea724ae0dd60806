ALTER TABLE purchase ADD COLUMN total numeric;
