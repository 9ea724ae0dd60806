CREATE TABLE turnover (
    day    date    PRIMARY KEY,
    amount numeric NOT NULL
);
