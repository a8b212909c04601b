-- Whether only the day of an answer is known, beside the present state, as two tools may tell of one answer in different precision.
ALTER TABLE response ADD COLUMN date_only INTEGER NOT NULL DEFAULT 0;
UPDATE response SET date_only = 1 WHERE EXISTS (
  SELECT 1 FROM response_version v WHERE v.response = response.id AND v.version = response.version AND v.date_only = 1);
