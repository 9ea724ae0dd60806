SELECT part, 'owner ' || pg_get_userbyid(proowner) AS line, 'owner' AS detail, pg_get_userbyid(proowner)::text AS shown,
       NULL AS hidden
  FROM routine
UNION ALL
SELECT part, pg_get_functiondef(oid), 'definition', 'definition', pg_get_functiondef(oid) FROM routine WHERE prokind <> 'a'
UNION ALL
SELECT r.part, concat_ws('|', pg_get_function_arguments(r.oid), pg_get_function_result(r.oid), r.proparallel, a.aggkind,
              a.aggnumdirectargs, a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn,
              a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn, a.aggfinalextra, a.aggmfinalextra, a.aggfinalmodify,
              a.aggmfinalmodify, a.aggsortop::regoperator, format_type(a.aggtranstype, NULL), a.aggtransspace,
              CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END, a.aggmtransspace,
              'first ' || a.agginitval, 'first moving ' || a.aggminitval), NULL, NULL, NULL
  FROM routine r JOIN pg_aggregate a ON a.aggfnoid = r.oid
UNION ALL
SELECT r.part, 'comment ' || d.description, 'comment', 'text', d.description
  FROM routine r JOIN pg_description d ON d.classoid = 'pg_proc'::regclass AND d.objoid = r.oid
