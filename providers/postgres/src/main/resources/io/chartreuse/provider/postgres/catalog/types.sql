SELECT part, 'owner ' || pg_get_userbyid(typowner) AS line, 'owner' AS detail, pg_get_userbyid(typowner)::text AS shown,
       NULL AS hidden
  FROM kind
UNION ALL
SELECT k.part, 'comment ' || d.description, 'comment', 'text', d.description
  FROM kind k JOIN pg_description d ON d.classoid = 'pg_type'::regclass AND d.objoid = k.oid
UNION ALL
SELECT k.part, 'labels ' || string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder),
       'labels', count(*) || ' labels', string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
  FROM kind k JOIN pg_enum e ON e.enumtypid = k.oid
 GROUP BY k.part
UNION ALL
SELECT k.part, format('domain %s, collation %s, not null %s, default %s', format_type(k.typbasetype, k.typtypmod),
              c.collname, k.typnotnull, pg_get_expr(k.typdefaultbin, 0)),
       'domain', format_type(k.typbasetype, k.typtypmod) || CASE WHEN k.typnotnull THEN ' not null' ELSE '' END
         || CASE WHEN k.typdefaultbin IS NOT NULL THEN ' default' ELSE '' END,
       pg_get_expr(k.typdefaultbin, 0)
  FROM kind k LEFT JOIN pg_collation c ON c.oid = k.typcollation
 WHERE k.typtype = 'd'
UNION ALL
SELECT k.part, format('range of %s, class %I.%I, collation %s, canonical %s, difference %s',
              format_type(g.rngsubtype, NULL), n.nspname, o.opcname, c.collname, g.rngcanonical, g.rngsubdiff), NULL, NULL, NULL
  FROM kind k JOIN pg_range g ON g.rngtypid = k.oid
  JOIN pg_opclass o ON o.oid = g.rngsubopc JOIN pg_namespace n ON n.oid = o.opcnamespace
  LEFT JOIN pg_collation c ON c.oid = g.rngcollation
