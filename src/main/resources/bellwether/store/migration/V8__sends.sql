-- Who was asked: a row for each survey that was sent. The contact follows from the respondent, as it does for responses.
CREATE TABLE send (
  id         ${key},
  source     BIGINT NOT NULL,
  remote_id  ${text} NOT NULL,
  respondent BIGINT,
  survey     ${text},
  channel    ${text},
  sent_at    BIGINT,
  status     ${text} NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (source, remote_id)
);
CREATE INDEX send_respondent ON send (respondent, sent_at);
CREATE INDEX send_sent_at ON send (sent_at);

-- Since when a survey is known to give answers and no scores.
ALTER TABLE survey ADD COLUMN silent_since BIGINT;
