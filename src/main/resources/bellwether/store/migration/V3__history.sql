-- What a tool no longer has, and what must be known to tell what was believed at an earlier time.

CREATE INDEX response_answered ON response (source, answered_at);

-- A scan that reads its windows to the end, under way. Responses that came after it began need not be met by it.
CREATE TABLE reading (
  id         ${key},
  connection ${text} NOT NULL,
  parent     ${text} NOT NULL,
  scan       ${text} NOT NULL,
  began_at   BIGINT NOT NULL,
  UNIQUE (connection, parent, scan)
);
CREATE TABLE seen (
  reading  BIGINT NOT NULL,
  response BIGINT NOT NULL,
  PRIMARY KEY (reading, response)
)${clustered};

-- Responses that complete reads did not find: how many did not, and how many of these could be believed by themselves.
CREATE TABLE absence (
  response   BIGINT PRIMARY KEY,
  connection ${text} NOT NULL,
  reads      INTEGER NOT NULL,
  solid      INTEGER NOT NULL,
  since      BIGINT NOT NULL
);
