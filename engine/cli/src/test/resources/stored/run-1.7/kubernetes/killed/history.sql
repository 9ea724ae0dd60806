INSERT INTO flyway_schema_history VALUES ('1', '1', 'create tables', 'SQL', 'V1__create_tables.sql', '-1255915904', 'chartreuse shop 20261130t183848z-6cce23', '2026-11-30 18:38:53.029122', '17', 't');
INSERT INTO flyway_schema_history VALUES ('2', '2', 'add total', 'SQL', 'V2__add_total.sql', '-610324264', 'chartreuse shop 20261130t184427z-5d2705', '2026-11-30 18:44:33.804727', '202', 't');
