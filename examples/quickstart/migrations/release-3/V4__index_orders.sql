-- Built without locking out writers; for that PostgreSQL wants it outside a transaction.
CREATE INDEX CONCURRENTLY purchase_by_customer ON purchase (customer_id);
