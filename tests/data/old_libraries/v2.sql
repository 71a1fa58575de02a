-- What the second version of the database added: facts and mentions.
ALTER TABLE documents ADD COLUMN facts TEXT NOT NULL DEFAULT '[]';
ALTER TABLE documents ADD COLUMN mentions TEXT NOT NULL DEFAULT '[]';
