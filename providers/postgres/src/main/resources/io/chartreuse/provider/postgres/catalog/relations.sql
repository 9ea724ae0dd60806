SELECT r.part,
       format('owner %s, persistence %s, method %s, tablespace %s, options %s, row security %s %s, identity %s, of %s',
              pg_get_userbyid(r.relowner), r.relpersistence, a.amname, s.spcname,
              (SELECT string_agg(o, ' ' ORDER BY o COLLATE "C") FROM unnest(r.reloptions) o),
              r.relrowsecurity, r.relforcerowsecurity, r.relreplident,
              CASE WHEN r.reloftype <> 0 THEN format_type(r.reloftype, NULL) END) AS line,
       'owner' AS detail, pg_get_userbyid(r.relowner)::text AS shown, NULL AS hidden
  FROM relation r
  LEFT JOIN pg_am a ON a.oid = r.relam
  LEFT JOIN pg_tablespace s ON s.oid = r.reltablespace
UNION ALL
-- Without a line, because the line above contains it; reported by name as well if it differs from the default.
SELECT r.part, NULL, o.detail, o.shown, NULL
  FROM relation r LEFT JOIN pg_am a ON a.oid = r.relam LEFT JOIN pg_tablespace s ON s.oid = r.reltablespace
 CROSS JOIN LATERAL (VALUES
         ('persistence', CASE r.relpersistence WHEN 'u' THEN 'unlogged' END),
         ('access method', CASE WHEN a.amname <> 'heap' THEN a.amname::text END),
         ('tablespace', s.spcname::text),
         ('storage options', (SELECT string_agg(o, ' ' ORDER BY o COLLATE "C") FROM unnest(r.reloptions) o)),
         ('row security', CASE WHEN r.relforcerowsecurity THEN 'forced' WHEN r.relrowsecurity THEN 'on' END),
         ('replica identity', CASE r.relreplident WHEN 'f' THEN 'full' WHEN 'i' THEN 'an index' WHEN 'n' THEN 'nothing' END)
       ) o (detail, shown)
 WHERE r.relkind <> 'S' AND o.shown IS NOT NULL
UNION ALL
SELECT part, 'partitioned by ' || pg_get_partkeydef(oid), 'partition key', pg_get_partkeydef(oid), NULL
  FROM relation WHERE relkind = 'p'
UNION ALL
SELECT part, 'bound ' || pg_get_expr(relpartbound, oid), 'partition bound', 'values', pg_get_expr(relpartbound, oid)
  FROM relation WHERE relispartition AND relkind <> 'S'
UNION ALL
SELECT r.part, format('parent %s %I.%I', lpad(i.inhseqno::text, 3, '0'), n.nspname, c.relname),
       format('parent %I.%I', n.nspname, c.relname), 'parent', NULL
  FROM relation r JOIN pg_inherits i ON i.inhrelid = r.oid
  JOIN pg_class c ON c.oid = i.inhparent JOIN pg_namespace n ON n.oid = c.relnamespace
UNION ALL
SELECT r.part, format('server %I, options %s', s.srvname,
              (SELECT string_agg(o, ' ' ORDER BY o COLLATE "C") FROM unnest(f.ftoptions) o)),
       'server', quote_ident(s.srvname) || ' options',
       (SELECT string_agg(o, ' ' ORDER BY o COLLATE "C") FROM unnest(f.ftoptions) o)
  FROM relation r JOIN pg_foreign_table f ON f.ftrelid = r.oid JOIN pg_foreign_server s ON s.oid = f.ftserver
UNION ALL
SELECT r.part, 'comment ' || d.description, 'comment', 'text', d.description
  FROM relation r JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = r.oid AND d.objsubid = 0
UNION ALL
SELECT r.part, format('comment on column %I: %s', a.attname, d.description), format('comment on column %I', a.attname),
       'text', d.description
  FROM relation r JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = r.oid AND d.objsubid > 0
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = d.objsubid
