-- What a tool says of when a person was asked and whether they may be asked again. Surveys that were sent are in the table send.
ALTER TABLE respondent_identity ADD COLUMN last_surveyed_at BIGINT;
ALTER TABLE respondent_identity ADD COLUMN do_not_survey_until BIGINT;
ALTER TABLE respondent_identity ADD COLUMN excluded_reason ${text};
