-- Whoever was accepted while the first full read of the directory ended is looked for before accounts are refreshed.
CREATE INDEX respondent_directory ON respondent (id) WHERE cause = 'DIRECTORY_NOT_READ';
