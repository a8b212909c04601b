-- A refresh token is traded by one process at a time.
ALTER TABLE token ADD COLUMN claimed_by ${text};
ALTER TABLE token ADD COLUMN claimed_until BIGINT;

-- How often a connection with a daily budget was called, by day in UTC (days since 1970).
CREATE TABLE day_calls (
  connection ${text} NOT NULL,
  day        BIGINT NOT NULL,
  calls      BIGINT NOT NULL,
  PRIMARY KEY (connection, day)
);
