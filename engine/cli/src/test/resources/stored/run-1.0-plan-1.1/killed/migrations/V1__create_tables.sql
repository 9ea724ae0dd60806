CREATE TABLE purchase (id bigint); CREATE TABLE stock (item bigint);
