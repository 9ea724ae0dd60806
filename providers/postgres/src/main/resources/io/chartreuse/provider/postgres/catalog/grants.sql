-- What differs from what the owner and everybody have anyway: no entry and the usual ones spelled out are the same.
, acl AS (
  SELECT 'schema ' || name AS part, '' AS prefix, acl AS given, acldefault('n', owner) AS usual FROM managed
  UNION ALL
  SELECT part, '', relacl, acldefault((CASE relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char", relowner) FROM relation
  UNION ALL
  SELECT r.part, format('column %I: ', a.attname), a.attacl, acldefault('c', r.relowner)
    FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attacl IS NOT NULL AND NOT a.attisdropped
  UNION ALL
  SELECT part, '', proacl, acldefault('f', proowner) FROM routine
  UNION ALL
  SELECT part, '', typacl, acldefault('T', typowner) FROM kind
)
SELECT 'grants on ' || a.part AS part, i.sign || a.prefix || i.item AS line,
       a.prefix || CASE i.sign WHEN '+ ' THEN 'to ' ELSE 'taken from ' END
         || coalesce(nullif(left(i.item, strpos(i.item, '=') - 1), ''), 'public') AS detail,
       substr(i.item, strpos(i.item, '=') + 1) AS shown, NULL AS hidden
  FROM acl a CROSS JOIN LATERAL (
    (SELECT '+ ' AS sign, item::text FROM unnest(a.given) item
     EXCEPT SELECT '+ ', item::text FROM unnest(a.usual) item)
    UNION ALL
    (SELECT '- ', item::text FROM unnest(a.usual) item
     EXCEPT SELECT '- ', item::text FROM unnest(a.given) item)) i
 WHERE a.given IS NOT NULL
UNION ALL
SELECT format('default privileges of %I%s for %s', pg_get_userbyid(d.defaclrole), ' in schema ' || m.name,
              CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions'
                                   WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE d.defaclobjtype::text END),
       item::text,
       'to ' || coalesce(nullif(left(item::text, strpos(item::text, '=') - 1), ''), 'public'),
       substr(item::text, strpos(item::text, '=') + 1), NULL
  FROM pg_default_acl d CROSS JOIN asked LEFT JOIN managed m ON m.oid = d.defaclnamespace
 CROSS JOIN LATERAL unnest(d.defaclacl) item
 WHERE m.oid IS NOT NULL OR (d.defaclnamespace = 0 AND cardinality(asked.schemas) = 0)
