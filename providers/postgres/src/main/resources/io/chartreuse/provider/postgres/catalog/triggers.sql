SELECT format('trigger %I on %s', t.tgname, r.name) AS part, pg_get_triggerdef(t.oid) || ' enabled ' || t.tgenabled::text AS line
  FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid
 WHERE NOT t.tgisinternal
UNION ALL
SELECT format('policy %I on %s', p.polname, r.name),
       format('for %s, permissive %s, to %s, using %s, check %s', p.polcmd, p.polpermissive,
              (SELECT string_agg(CASE WHEN o = 0 THEN 'public' ELSE quote_ident(pg_get_userbyid(o)) END, ', '
                                 ORDER BY CASE WHEN o = 0 THEN 'public' ELSE quote_ident(pg_get_userbyid(o)) END
                                          COLLATE "C") FROM unnest(p.polroles) o),
              pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
  FROM relation r JOIN pg_policy p ON p.polrelid = r.oid
