-- What all queries begin with. What belongs to an extension is the extension's, and the history is our own.
WITH asked AS (
  SELECT ?::text[] AS schemas, ?::text[] AS bookkeeping
), managed AS (
  SELECT n.oid, quote_ident(n.nspname) AS name, n.nspowner AS owner, n.nspacl AS acl
    FROM pg_namespace n CROSS JOIN asked
   WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%'
     AND (cardinality(asked.schemas) = 0 OR n.nspname = ANY (asked.schemas))
     AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_namespace'::regclass
                        AND e.objid = n.oid AND e.deptype = 'e')
), relation AS (
  SELECT c.*, n.name || '.' || quote_ident(c.relname) AS name,
         CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
                        WHEN 'c' THEN 'type' WHEN 'f' THEN 'foreign table' ELSE 'table' END
           || ' ' || n.name || '.' || quote_ident(c.relname) AS part
    FROM pg_class c JOIN managed n ON n.oid = c.relnamespace CROSS JOIN asked
   WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c') AND c.relname <> ALL (asked.bookkeeping)
     AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass
                        AND e.objid = c.oid AND e.deptype = 'e')
), routine AS (
  SELECT p.*, n.name || '.' || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')' AS name,
         CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END
           || ' ' || n.name || '.' || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')' AS part
    FROM pg_proc p JOIN managed n ON n.oid = p.pronamespace
   WHERE NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass
                        AND e.objid = p.oid AND e.deptype IN ('e', 'i'))
), kind AS (
  SELECT t.*, 'type ' || n.name || '.' || quote_ident(t.typname) AS part
    FROM pg_type t JOIN managed n ON n.oid = t.typnamespace
   WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND EXISTS (
            SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
     AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_type'::regclass
                        AND e.objid = t.oid AND e.deptype = 'e')
)
