-- A contact that comes back is looked for among those who carry the id of one that was merged into it.
CREATE INDEX contact_merged_into ON contact (merged_into) WHERE merged_into IS NOT NULL;
