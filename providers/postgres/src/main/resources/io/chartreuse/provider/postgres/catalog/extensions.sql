SELECT format('extension %I', e.extname) AS part, e.extversion || ' in ' || n.nspname AS line
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace CROSS JOIN asked
 WHERE cardinality(asked.schemas) = 0 OR n.nspname = ANY (asked.schemas)
