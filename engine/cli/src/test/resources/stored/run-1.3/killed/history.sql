INSERT INTO flyway_schema_history VALUES ('1', '1', 'create tables', 'SQL', 'V1__create_tables.sql', '-1255915904', 'chartreuse shop 20261130t185612z-b89f5d', '2026-11-30 18:56:13.148489', '14', 't');
INSERT INTO flyway_schema_history VALUES ('2', '2', 'add total', 'SQL', 'V2__add_total.sql', '-610324264', 'chartreuse shop 20261130t185624z-354619', '2026-11-30 18:56:25.083294', '42', 't');
