-- Objects of the whole database. A query for some schemas only leaves them out.
SELECT format('event trigger %I', e.evtname) AS part,
       format('on %s, when %s, %s, enabled %s, owner %s', e.evtevent, e.evttags, e.evtfoid::regprocedure, e.evtenabled,
              pg_get_userbyid(e.evtowner)) AS line
  FROM pg_event_trigger e CROSS JOIN asked
 WHERE cardinality(asked.schemas) = 0
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_event_trigger'::regclass
                      AND d.objid = e.oid AND d.deptype = 'e')
UNION ALL
SELECT format('publication %I', p.pubname),
       format('all tables %s, insert %s, update %s, delete %s, truncate %s, owner %s', p.puballtables, p.pubinsert,
              p.pubupdate, p.pubdelete, p.pubtruncate, pg_get_userbyid(p.pubowner))
  FROM pg_publication p CROSS JOIN asked
 WHERE cardinality(asked.schemas) = 0
UNION ALL
SELECT format('publication %I', p.pubname), format('table %I.%I', n.nspname, c.relname)
  FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid
  JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN asked
 WHERE cardinality(asked.schemas) = 0
