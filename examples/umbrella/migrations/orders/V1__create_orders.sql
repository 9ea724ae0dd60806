CREATE TABLE orders (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer text        NOT NULL,
    placed   timestamptz NOT NULL DEFAULT now()
);
