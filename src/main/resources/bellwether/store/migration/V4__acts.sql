-- What is done once in a CRM. The table was there before and never written to. idempotency is key, search or none; status is owed, sending
-- (before a call whose repeat nobody would notice), unknown (such a call was not answered), rejected, done, or old (too old before it
-- could be done). account is the one it is about, needs the target that the CRM must hold first.
DROP TABLE act;

CREATE TABLE act (
  id            ${key},
  crm           ${text} NOT NULL,
  act_key       ${text} NOT NULL,
  kind          ${text} NOT NULL,
  rule          ${text} NOT NULL,
  subject_kind  ${text} NOT NULL,
  subject       BIGINT NOT NULL,
  account       BIGINT,
  response      BIGINT,
  needs         BIGINT,
  content       ${text} NOT NULL,
  idempotency   ${text} NOT NULL,
  status        ${text} NOT NULL,
  occurred_at   BIGINT NOT NULL,
  created_at    BIGINT NOT NULL,
  done_at       BIGINT,
  remote_id     ${text},
  attempts      INTEGER NOT NULL DEFAULT 0,
  not_before    BIGINT,
  claimed_by    ${text},
  claimed_until BIGINT,
  UNIQUE (crm, act_key)
);
CREATE INDEX act_status ON act (crm, status, kind, id);
