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

-- A contact merged into another one, by the CRM's id of that one; whoever was the first is now the second.
ALTER TABLE contact ADD COLUMN merged_into ${text};

-- What a survey was declared to ask, append-only like the rest of the ledger.
CREATE TABLE survey_metric (
  id          ${key},
  source      BIGINT NOT NULL,
  remote_id   ${text} NOT NULL,
  metric      ${text},
  recorded_at BIGINT NOT NULL
);
INSERT INTO survey_metric (source, remote_id, metric, recorded_at) SELECT source, remote_id, metric, first_seen FROM survey;

-- Responses that a tool gave to another person later.
CREATE TABLE former_respondent (
  respondent BIGINT NOT NULL,
  response   BIGINT NOT NULL,
  PRIMARY KEY (respondent, response)
)${clustered};

CREATE INDEX membership_account ON membership (account);
CREATE INDEX matching_contact ON matching (contact);
CREATE INDEX matching_account ON matching (account) WHERE contact IS NULL;

-- Dimensions that were kept without their history so far.
INSERT INTO attribute (kind, subject, name, value, valid_from, recorded_at)
  SELECT 'contact', id, 'role', role, 0, 0 FROM contact WHERE role IS NOT NULL;
INSERT INTO attribute (kind, subject, name, value, valid_from, recorded_at)
  SELECT 'account', id, 'owner', owner, 0, 0 FROM account WHERE owner IS NOT NULL;
INSERT INTO attribute (kind, subject, name, value, valid_from, recorded_at)
  SELECT 'account', id, 'revenue', revenue, 0, 0 FROM account WHERE revenue IS NOT NULL;
INSERT INTO attribute (kind, subject, name, value, valid_from, recorded_at)
  SELECT 'account', id, 'zone', zone, 0, 0 FROM account WHERE zone IS NOT NULL;
INSERT INTO attribute (kind, subject, name, value, valid_from, recorded_at)
  SELECT 'account', id, 'churned', 'true', 0, 0 FROM account WHERE churned = 1;
