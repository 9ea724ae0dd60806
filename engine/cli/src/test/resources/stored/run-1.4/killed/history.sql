INSERT INTO flyway_schema_history VALUES ('1', '1', 'create tables', 'SQL', 'V1__create_tables.sql', '-1255915904', 'chartreuse shop 20261130t185558z-d074ec', '2026-11-30 18:55:58.472388', '21', 't');
INSERT INTO flyway_schema_history VALUES ('2', '2', 'add total', 'SQL', 'V2__add_total.sql', '-610324264', 'chartreuse shop 20261130t185609z-d406e0', '2026-11-30 18:56:09.41152', '39', 't');
