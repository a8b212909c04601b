-- When something about a contact that is refreshed by itself changes by the passing of time, as next_change_at of accounts.
ALTER TABLE contact ADD COLUMN next_change_at BIGINT;
CREATE INDEX contact_next_change ON contact (next_change_at) WHERE next_change_at IS NOT NULL;
-- Those that are known already say when with their next refresh.
UPDATE contact SET stale = stale + 1 WHERE deleted = 0 AND EXISTS (
  SELECT 1 FROM response r WHERE r.contact = contact.id AND (r.account IS NULL OR contact.account IS NULL OR r.account <> contact.account));
-- Whether a contact has answers for other accounts is asked of every answer that comes in.
DROP INDEX response_contact;
CREATE INDEX response_contact ON response (contact, account);
