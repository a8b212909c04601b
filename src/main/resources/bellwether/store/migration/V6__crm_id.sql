-- A contact that appears is looked for among those whose tool carries its id along.
CREATE INDEX respondent_identity_crm_id ON respondent_identity (crm_id) WHERE crm_id IS NOT NULL;
