-- Fails on purpose: the table holds smaller orders.
ALTER TABLE purchase ADD CONSTRAINT purchase_large CHECK (total_cents > 1000);
