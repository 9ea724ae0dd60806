SELECT part, pg_get_viewdef(oid) AS line, 'definition' AS detail, 'definition' AS shown, pg_get_viewdef(oid) AS hidden
  FROM relation WHERE relkind IN ('v', 'm')
UNION ALL
SELECT format('rule %I on %s', w.rulename, r.name), pg_get_ruledef(w.oid) || ' enabled ' || w.ev_enabled::text,
       NULL, NULL, NULL
  FROM relation r JOIN pg_rewrite w ON w.ev_class = r.oid
 WHERE w.rulename <> '_RETURN'
