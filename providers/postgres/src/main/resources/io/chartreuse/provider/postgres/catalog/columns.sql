-- By position among those that are left: what was dropped leaves a gap in attnum, which no dump keeps.
SELECT r.part,
       format('column %s %I %s', lpad((row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum))::text, 4, '0'),
              a.attname, format_type(a.atttypid, a.atttypmod))
         || CASE WHEN a.attcollation <> t.typcollation THEN format(' collate %I.%I', n.nspname, c.collname) ELSE '' END
         || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
         || CASE WHEN a.attidentity <> '' THEN ' identity ' || a.attidentity::text ELSE '' END
         || CASE WHEN a.attgenerated <> '' THEN ' generated ' || a.attgenerated::text ELSE '' END
         || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
         || CASE WHEN a.attstorage <> t.typstorage THEN ' storage ' || a.attstorage::text ELSE '' END
         || coalesce(' options ' || (SELECT string_agg(o, ' ' ORDER BY o COLLATE "C")
                                       FROM unnest(a.attoptions || a.attfdwoptions) o), '') AS line,
       format('column %I', a.attname) AS detail,
       format_type(a.atttypid, a.atttypmod)
         || CASE WHEN a.attcollation <> t.typcollation THEN format(' collate %I.%I', n.nspname, c.collname) ELSE '' END
         || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
         || CASE WHEN a.attidentity <> '' THEN ' identity' ELSE '' END
         || CASE WHEN a.attgenerated <> '' THEN ' generated' WHEN d.adbin IS NOT NULL THEN ' default' ELSE '' END AS shown,
       pg_get_expr(d.adbin, d.adrelid) AS hidden
  FROM relation r
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_collation c ON c.oid = a.attcollation
  LEFT JOIN pg_namespace n ON n.oid = c.collnamespace
 WHERE r.relkind <> 'S'
