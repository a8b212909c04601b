-- What happened once: a warning, a milestone, a transition. Append-only; the key says what caused it, so that it is recorded once.
-- old = 1: it was too old to act upon when it became known.
CREATE TABLE event (
  id           ${key},
  event_key    ${text} NOT NULL UNIQUE,
  rule         ${text} NOT NULL,
  kind         ${text} NOT NULL,
  subject_kind ${text} NOT NULL,
  subject      BIGINT NOT NULL,
  response     BIGINT,
  value        ${text} NOT NULL,
  reason       ${text} NOT NULL,
  at           BIGINT NOT NULL,
  old          INTEGER NOT NULL,
  recorded_at  BIGINT NOT NULL
);
CREATE INDEX event_subject ON event (subject_kind, subject, at);

-- Since when each rule has read as it does: it says nothing about what happened before.
CREATE TABLE rule (
  name       ${text} PRIMARY KEY,
  definition ${text} NOT NULL,
  since      BIGINT NOT NULL
);
