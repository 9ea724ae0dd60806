CREATE OR REPLACE VIEW revenue AS
SELECT customer_id, sum(total_cents) AS total_cents FROM purchase GROUP BY customer_id;
