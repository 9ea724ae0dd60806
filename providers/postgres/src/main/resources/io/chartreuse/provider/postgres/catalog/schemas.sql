SELECT 'schema ' || name AS part, 'owner ' || pg_get_userbyid(owner) AS line FROM managed
UNION ALL
SELECT 'schema ' || m.name, 'comment ' || d.description
  FROM managed m JOIN pg_description d ON d.classoid = 'pg_namespace'::regclass AND d.objoid = m.oid
