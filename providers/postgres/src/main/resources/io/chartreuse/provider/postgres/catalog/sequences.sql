SELECT r.part, format('type %s, start %s, increment %s, from %s to %s, cache %s, cycle %s', format_type(s.seqtypid, NULL),
              s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle) AS line,
       'definition' AS detail,
       format('type %s, start %s, increment %s, from %s to %s, cache %s, cycle %s', format_type(s.seqtypid, NULL),
              s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle) AS shown, NULL AS hidden
  FROM relation r JOIN pg_sequence s ON s.seqrelid = r.oid
UNION ALL
SELECT r.part, format('of %I.%I.%I', n.nspname, c.relname, a.attname),
       'column', format('%I.%I.%I', n.nspname, c.relname, a.attname), NULL
  FROM relation r
  JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.deptype IN ('a', 'i')
                  AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
  JOIN pg_class c ON c.oid = d.refobjid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
 WHERE r.relkind = 'S'
