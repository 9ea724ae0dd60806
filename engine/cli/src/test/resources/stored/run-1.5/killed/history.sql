INSERT INTO flyway_schema_history VALUES ('1', '1', 'create tables', 'SQL', 'V1__create_tables.sql', '-1255915904', 'chartreuse shop 20261130t185529z-30de49', '2026-11-30 18:55:29.938721', '22', 't');
INSERT INTO flyway_schema_history VALUES ('2', '2', 'add total', 'SQL', 'V2__add_total.sql', '-610324264', 'chartreuse shop 20261130t185550z-dabf37', '2026-11-30 18:55:51.378913', '69', 't');
