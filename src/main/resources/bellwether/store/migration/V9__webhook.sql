-- What tools told by webhook, remembered for three days so that a notice that comes twice does nothing: a row for its own id and one
-- for its body. fetch_from is the path of a response that is still to be asked for.
CREATE TABLE notice (
  connection  ${text} NOT NULL,
  notice_key  ${text} NOT NULL,
  received_at BIGINT NOT NULL,
  fetch_from  ${text},
  PRIMARY KEY (connection, notice_key)
);
CREATE INDEX notice_received ON notice (received_at);
CREATE INDEX notice_fetch ON notice (connection, received_at) WHERE fetch_from IS NOT NULL;
