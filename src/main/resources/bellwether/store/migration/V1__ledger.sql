-- One text for SQLite and PostgreSQL. ${key} is an integer primary key that can be given or generated, ${text} is text compared
-- byte by byte, ${clustered} stores a table in its key's order where the engine can. Instants are epoch milliseconds in UTC; truth values are 0 or 1; null means "not known" or "no answer".

-- Sources ----------------------------------------------------------------------------------------------------------------------

CREATE TABLE source (
  id   ${key},
  name ${text} NOT NULL UNIQUE
);

-- A survey is declared in the connection (metric known) or was merely seen (metric null: stored, not counted, reported).
CREATE TABLE survey (
  source     BIGINT NOT NULL,
  remote_id  ${text} NOT NULL,
  metric     ${text},
  first_seen BIGINT NOT NULL,
  PRIMARY KEY (source, remote_id)
);

-- Directory: the contacts and accounts of the one directory CRM -----------------------------------------------------------------

CREATE TABLE account (
  id             ${key},
  remote_id      ${text} NOT NULL UNIQUE,
  name           ${text},
  owner          ${text},
  revenue        ${text},
  zone           ${text},
  churned        INTEGER NOT NULL DEFAULT 0,
  deleted        INTEGER NOT NULL DEFAULT 0,
  modified_at    BIGINT,
  stale          BIGINT NOT NULL DEFAULT 0,
  next_change_at BIGINT,
  refreshed_at   BIGINT
);
CREATE INDEX account_stale ON account (id) WHERE stale > 0;
CREATE INDEX account_next_change ON account (next_change_at);

CREATE TABLE contact (
  id          ${key},
  remote_id   ${text} NOT NULL UNIQUE,
  account     BIGINT,
  role        ${text},
  deleted     INTEGER NOT NULL DEFAULT 0,
  modified_at BIGINT,
  stale       BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX contact_account ON contact (account);
CREATE INDEX contact_stale ON contact (id) WHERE stale > 0;

CREATE TABLE contact_name (
  contact BIGINT PRIMARY KEY,
  name    ${text} NOT NULL
);
CREATE TABLE contact_email (
  contact BIGINT NOT NULL,
  email   ${text} NOT NULL,
  PRIMARY KEY (contact, email)
);
CREATE INDEX contact_email_email ON contact_email (email);

-- Ledger, append-only except for erasure ----------------------------------------------------------------------------------------

-- Who belonged where: a row is never changed; the newest recorded row of a contact and account is what is believed now.
CREATE TABLE membership (
  id          ${key},
  contact     BIGINT NOT NULL,
  account     BIGINT NOT NULL,
  is_primary  INTEGER NOT NULL,
  valid_from  BIGINT NOT NULL,
  valid_to    BIGINT,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX membership_contact ON membership (contact, recorded_at);

CREATE TABLE attribute (
  id          ${key},
  kind        ${text} NOT NULL,
  subject     BIGINT NOT NULL,
  name        ${text} NOT NULL,
  value       ${text},
  valid_from  BIGINT NOT NULL,
  valid_to    BIGINT,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX attribute_subject ON attribute (kind, subject, name, recorded_at);

CREATE TABLE decision (
  id           ${key},
  kind         ${text} NOT NULL,
  subject_kind ${text} NOT NULL,
  subject      ${text} NOT NULL,
  detail       ${text},
  decided_by   ${text} NOT NULL,
  recorded_at  BIGINT NOT NULL
);
CREATE INDEX decision_subject ON decision (subject_kind, subject);

CREATE TABLE response_version (
  response     BIGINT NOT NULL,
  version      INTEGER NOT NULL,
  recorded_at  BIGINT NOT NULL,
  hash         ${text} NOT NULL,
  survey       ${text},
  metric       ${text},
  respondent   BIGINT,
  score        INTEGER,
  answered_at  BIGINT NOT NULL,
  created_at   BIGINT,
  updated_at   BIGINT,
  date_only    INTEGER NOT NULL,
  fallback_date INTEGER NOT NULL,
  excluded     INTEGER NOT NULL,
  completed    INTEGER,
  deleted      INTEGER NOT NULL,
  channel      ${text},
  tags         ${text},
  PRIMARY KEY (response, version)
)${clustered};

-- What a person wrote, and properties of the person (a JSON object): apart from the versions, so that erasure can remove it.
CREATE TABLE response_text (
  response   BIGINT NOT NULL,
  version    INTEGER NOT NULL,
  comment    ${text},
  properties ${text},
  PRIMARY KEY (response, version)
);

-- What each respondent was matched to, and when that was believed.
CREATE TABLE matching (
  id          ${key},
  respondent  BIGINT NOT NULL,
  contact     BIGINT,
  account     BIGINT,
  status      ${text} NOT NULL,
  cause       ${text},
  recorded_at BIGINT NOT NULL
);
CREATE INDEX matching_respondent ON matching (respondent, recorded_at);

-- The present state of the ledger, rebuilt from it at will -----------------------------------------------------------------------

-- remote_id is overwritten when a person is erased.
CREATE TABLE respondent (
  id          ${key},
  source      BIGINT NOT NULL,
  remote_id   ${text} NOT NULL,
  gone        INTEGER NOT NULL DEFAULT 0,
  contact     BIGINT,
  account     BIGINT,
  status      ${text} NOT NULL,
  cause       ${text},
  UNIQUE (source, remote_id)
);
CREATE INDEX respondent_contact ON respondent (contact);
CREATE INDEX respondent_unmatched ON respondent (status) WHERE status <> 'matched';

CREATE TABLE respondent_identity (
  respondent  BIGINT PRIMARY KEY,
  email       ${text},
  email_key   ${text},
  name        ${text},
  phone       ${text},
  external_id ${text},
  crm_id      ${text}
);
CREATE INDEX respondent_identity_email ON respondent_identity (email_key);

CREATE TABLE response (
  id          ${key},
  source      BIGINT NOT NULL,
  parent      ${text} NOT NULL,
  remote_id   ${text} NOT NULL,
  version     INTEGER NOT NULL,
  hash        ${text} NOT NULL,
  received_at BIGINT NOT NULL,
  backfilled  INTEGER NOT NULL,
  survey      ${text},
  metric      ${text},
  respondent  BIGINT,
  score       INTEGER,
  answered_at BIGINT NOT NULL,
  updated_at  BIGINT,
  excluded    INTEGER NOT NULL,
  deleted     INTEGER NOT NULL DEFAULT 0,
  duplicate   INTEGER NOT NULL DEFAULT 0,
  contact     BIGINT,
  account     BIGINT,
  UNIQUE (source, parent, remote_id)
);
CREATE INDEX response_account ON response (account);
CREATE INDEX response_contact ON response (contact);
CREATE INDEX response_respondent ON response (respondent);

-- Pulling -------------------------------------------------------------------------------------------------------------------------

CREATE TABLE position (
  connection    ${text} NOT NULL,
  parent        ${text} NOT NULL,
  scan          ${text} NOT NULL,
  covered_until BIGINT,
  window_from   BIGINT,
  window_to     BIGINT,
  token         ${text},
  boundary      ${text},
  not_before    BIGINT,
  seen          BIGINT NOT NULL,
  done          INTEGER NOT NULL DEFAULT 0,
  updated_at    BIGINT NOT NULL,
  PRIMARY KEY (connection, parent, scan)
);

-- number counts up per connection; an accept with an older number than the newest run writes nothing.
CREATE TABLE run (
  id         ${key},
  connection ${text} NOT NULL,
  job        ${text} NOT NULL,
  number     BIGINT NOT NULL,
  cause      ${text} NOT NULL,
  status     ${text} NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at   BIGINT,
  seen       BIGINT NOT NULL DEFAULT 0,
  added      BIGINT NOT NULL DEFAULT 0,
  changed    BIGINT NOT NULL DEFAULT 0,
  set_aside  BIGINT NOT NULL DEFAULT 0,
  calls      BIGINT NOT NULL DEFAULT 0,
  progress   ${text},
  fault_code ${text},
  fault      ${text},
  UNIQUE (connection, number)
);

-- A connection pauses when a setting or credential is refused, or when a person says so.
CREATE TABLE pause (
  connection ${text} PRIMARY KEY,
  code       ${text} NOT NULL,
  reason     ${text} NOT NULL,
  since      BIGINT NOT NULL
);

CREATE TABLE dead_letter (
  id          ${key},
  connection  ${text} NOT NULL,
  step        ${text} NOT NULL,
  record      ${text} NOT NULL,
  code        ${text} NOT NULL,
  message     ${text} NOT NULL,
  advice      ${text} NOT NULL,
  raw         ${text},
  target      BIGINT,
  first_at    BIGINT NOT NULL,
  last_at     BIGINT NOT NULL,
  times       BIGINT NOT NULL,
  status      ${text} NOT NULL,
  UNIQUE (connection, step, record)
);
CREATE INDEX dead_letter_open ON dead_letter (status, code);
CREATE INDEX dead_letter_target ON dead_letter (target) WHERE target IS NOT NULL;

-- Account state -------------------------------------------------------------------------------------------------------------------

CREATE TABLE rollup (
  account       BIGINT NOT NULL,
  window_name   ${text} NOT NULL,
  policy        ${text} NOT NULL,
  from_at       BIGINT,
  to_at         BIGINT,
  promoters     INTEGER NOT NULL,
  passives      INTEGER NOT NULL,
  detractors    INTEGER NOT NULL,
  unscored      INTEGER NOT NULL,
  excluded      INTEGER NOT NULL,
  partial_since ${text},
  PRIMARY KEY (account, window_name, policy)
)${clustered};

CREATE TABLE signal (
  subject_kind ${text} NOT NULL,
  subject      BIGINT NOT NULL,
  name         ${text} NOT NULL,
  value        ${text} NOT NULL,
  reason       ${text} NOT NULL,
  since        BIGINT NOT NULL,
  PRIMARY KEY (subject_kind, subject, name)
);

-- Pushing -------------------------------------------------------------------------------------------------------------------------

CREATE TABLE link (
  crm       ${text} NOT NULL,
  kind      ${text} NOT NULL,
  local_id  BIGINT NOT NULL,
  remote_id ${text} NOT NULL,
  PRIMARY KEY (crm, kind, local_id)
);

-- Desired state of one object in one CRM. wanted and acked are JSON objects in the CRM's own field names.
CREATE TABLE target (
  id            ${key},
  crm           ${text} NOT NULL,
  kind          ${text} NOT NULL,
  subject       BIGINT NOT NULL,
  seq           BIGINT NOT NULL,
  wanted        ${text} NOT NULL,
  wanted_at     BIGINT NOT NULL,
  acked_seq     BIGINT NOT NULL DEFAULT 0,
  acked         ${text},
  acked_at      BIGINT,
  status        ${text} NOT NULL,
  approved      INTEGER NOT NULL DEFAULT 0,
  attempts      INTEGER NOT NULL DEFAULT 0,
  not_before    BIGINT,
  claimed_by    ${text},
  claimed_until BIGINT,
  UNIQUE (kind, subject, crm)
);
-- Both are asked with every batch: what is owed, and what of that changes something the CRM was told before.
CREATE INDEX target_owed ON target (crm, kind, status, id) WHERE status <> 'acknowledged';
CREATE INDEX target_changed ON target (crm, kind, id) WHERE status = 'owed' AND acked IS NOT NULL AND approved = 0;

-- Something done once. content is JSON in the CRM's field names; idempotency is key, search or none.
CREATE TABLE act (
  id            ${key},
  crm           ${text} NOT NULL,
  act_key       ${text} NOT NULL,
  kind          ${text} NOT NULL,
  subject       BIGINT NOT NULL,
  rule          ${text} NOT NULL,
  content       ${text} NOT NULL,
  idempotency   ${text} NOT NULL,
  status        ${text} NOT NULL,
  created_at    BIGINT NOT NULL,
  done_at       BIGINT,
  needs         BIGINT,
  not_before    BIGINT,
  claimed_by    ${text},
  claimed_until BIGINT,
  UNIQUE (crm, act_key)
);
CREATE INDEX act_owed ON act (crm, id) WHERE status <> 'acknowledged';

-- What was last computed with which rules: a change marks every account stale.
CREATE TABLE setting (
  name  ${text} PRIMARY KEY,
  value ${text} NOT NULL
);

CREATE TABLE token (
  connection ${text} PRIMARY KEY,
  content    ${text} NOT NULL,
  expires_at BIGINT
);

CREATE TABLE audit (
  id     ${key},
  at     BIGINT NOT NULL,
  actor  ${text} NOT NULL,
  action ${text} NOT NULL,
  detail ${text}
);
