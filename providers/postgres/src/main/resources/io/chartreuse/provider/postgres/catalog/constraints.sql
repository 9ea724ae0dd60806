-- Columns say what must not be null; only what is not yet checked is told here. A parent's constraint is the parent's.
SELECT r.part, format('constraint %I %s', c.conname, pg_get_constraintdef(c.oid)) AS line
  FROM relation r JOIN pg_constraint c ON c.conrelid = r.oid
 WHERE c.contype <> 't' AND c.conparentid = 0 AND (c.contype <> 'n' OR NOT c.convalidated)
UNION ALL
SELECT k.part, format('constraint %I %s', c.conname, pg_get_constraintdef(c.oid))
  FROM kind k JOIN pg_constraint c ON c.contypid = k.oid
 WHERE c.contype <> 'n'
UNION ALL
SELECT r.part, format('comment on constraint %I: %s', c.conname, d.description)
  FROM relation r JOIN pg_constraint c ON c.conrelid = r.oid
  JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = c.oid
