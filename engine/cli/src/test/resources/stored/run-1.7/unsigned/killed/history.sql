INSERT INTO flyway_schema_history VALUES ('1', '1', 'create tables', 'SQL', 'V1__create_tables.sql', '-1255915904', 'chartreuse shop 20261130t183534z-2c4e84', '2026-11-30 18:35:36.064196', '29', 't');
INSERT INTO flyway_schema_history VALUES ('2', '2', 'add total', 'SQL', 'V2__add_total.sql', '-610324264', 'chartreuse shop 20261130t183719z-dd144a', '2026-11-30 18:37:25.374591', '73', 't');
