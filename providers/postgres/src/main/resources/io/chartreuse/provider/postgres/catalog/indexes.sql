SELECT 'index ' || n.name || '.' || quote_ident(c.relname) AS part,
       pg_get_indexdef(i.indexrelid)
         || CASE WHEN i.indisvalid THEN '' ELSE ' invalid' END
         || CASE WHEN i.indisreplident THEN ' identity' ELSE '' END
         || coalesce(' tablespace ' || s.spcname, '')
         || coalesce(' comment ' || obj_description(c.oid, 'pg_class'), '') AS line,
       'definition' AS detail,
       CASE WHEN i.indisvalid THEN 'valid' ELSE 'invalid' END || CASE WHEN i.indisunique THEN ' unique' ELSE '' END
         || ' definition' AS shown,
       pg_get_indexdef(i.indexrelid) AS hidden
  FROM relation r
  JOIN pg_index i ON i.indrelid = r.oid
  JOIN pg_class c ON c.oid = i.indexrelid
  JOIN managed n ON n.oid = c.relnamespace
  LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
UNION ALL
SELECT 'statistics ' || n.name || '.' || quote_ident(e.stxname),
       pg_get_statisticsobjdef(e.oid) || ' owner ' || pg_get_userbyid(e.stxowner),
       'owner', pg_get_userbyid(e.stxowner)::text, NULL
  FROM relation r JOIN pg_statistic_ext e ON e.stxrelid = r.oid JOIN managed n ON n.oid = e.stxnamespace
