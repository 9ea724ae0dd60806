-- NOT NULL is recorded with the columns; only a constraint that is not yet validated is reported here. A parent's
-- constraint belongs to the parent.
SELECT r.part, format('constraint %I %s', c.conname, pg_get_constraintdef(c.oid)) AS line,
       format('constraint %I', c.conname) AS detail,
       CASE c.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign key' WHEN 'c' THEN 'check'
                      WHEN 'x' THEN 'exclude' ELSE 'not null' END
         || CASE WHEN c.convalidated THEN '' ELSE ' not valid' END AS shown,
       pg_get_constraintdef(c.oid) AS hidden
  FROM relation r JOIN pg_constraint c ON c.conrelid = r.oid
 WHERE c.contype <> 't' AND c.conparentid = 0 AND (c.contype <> 'n' OR NOT c.convalidated)
UNION ALL
SELECT k.part, format('constraint %I %s', c.conname, pg_get_constraintdef(c.oid)), format('constraint %I', c.conname),
       'check', pg_get_constraintdef(c.oid)
  FROM kind k JOIN pg_constraint c ON c.contypid = k.oid
 WHERE c.contype <> 'n'
UNION ALL
SELECT r.part, format('comment on constraint %I: %s', c.conname, d.description),
       format('comment on constraint %I', c.conname), 'text', d.description
  FROM relation r JOIN pg_constraint c ON c.conrelid = r.oid
  JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = c.oid
