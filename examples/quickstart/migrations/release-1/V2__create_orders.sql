CREATE TABLE purchase (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customer (id),
    placed_at   timestamptz NOT NULL DEFAULT now(),
    total_cents integer NOT NULL CHECK (total_cents >= 0)
);

INSERT INTO customer (email)
SELECT 'customer' || n || '@example.com' FROM generate_series(1, 1000) n;

INSERT INTO purchase (customer_id, total_cents)
SELECT id, 100 * id FROM customer;
