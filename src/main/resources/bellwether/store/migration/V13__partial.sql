-- Whether an answer is not completed, beside the present state, and whether it does not count for that, as its rule last said.
ALTER TABLE response ADD COLUMN partial INTEGER NOT NULL DEFAULT 0;
ALTER TABLE response ADD COLUMN awaited INTEGER NOT NULL DEFAULT 0;
UPDATE response SET partial = 1 WHERE EXISTS (
  SELECT 1 FROM response_version v WHERE v.response = response.id AND v.version = response.version AND v.completed = 0);
