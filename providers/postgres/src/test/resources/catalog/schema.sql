-- Something of everything that a schema may hold.
CREATE SCHEMA audit;
CREATE EXTENSION pg_trgm;
CREATE TYPE color AS ENUM ('red', 'green');
CREATE TYPE pair AS (a int, b text);
CREATE DOMAIN price AS numeric(10, 2) DEFAULT 0 CHECK (VALUE >= 0);
CREATE TYPE span AS RANGE (subtype = float8);
CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  born date DEFAULT '2020-01-02',
  seen timestamptz DEFAULT '2020-01-02 03:04:05Z',
  favourite color DEFAULT 'red');
CREATE TABLE orders (
  id serial PRIMARY KEY,
  customer bigint REFERENCES customers,
  total price CHECK (total < 1000),
  doubled numeric GENERATED ALWAYS AS (total * 2) STORED) WITH (fillfactor = 70);
CREATE INDEX orders_total_idx ON orders (total) WHERE total > 5;
CREATE TABLE events (at timestamptz, data jsonb) PARTITION BY RANGE (at);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2020-01-01 00:00Z') TO ('2021-01-01 00:00Z');
CREATE INDEX ON events (at);
CREATE VIEW names AS SELECT id, name FROM customers;
CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM orders;
CREATE FUNCTION total(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE PROCEDURE tidy(what text) LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE add_up(integer) (SFUNC = int4pl, STYPE = int4, INITCOND = '0');
CREATE FUNCTION checked() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER before_insert BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION checked();
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY visible ON orders FOR SELECT USING (total > 0);
CREATE RULE keep AS ON DELETE TO customers DO INSTEAD NOTHING;
CREATE SEQUENCE steps INCREMENT 2;
CREATE STATISTICS correlated ON id, customer FROM orders;
GRANT SELECT ON orders TO PUBLIC;
GRANT UPDATE (name) ON customers TO PUBLIC;
GRANT USAGE ON SCHEMA audit TO PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA audit GRANT SELECT ON TABLES TO PUBLIC;
COMMENT ON TABLE orders IS 'what was ordered';
CREATE PUBLICATION everything FOR TABLE orders;
CREATE TABLE audit."Log" (id int);
CREATE FUNCTION watched() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION watched();
CREATE TABLE flyway_schema_history (id int PRIMARY KEY);
