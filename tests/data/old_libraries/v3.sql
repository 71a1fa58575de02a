-- What the third version of the database added: what documents say of one another.
CREATE TABLE signatures (document INTEGER PRIMARY KEY REFERENCES documents (row), hashes BLOB NOT NULL);
CREATE TABLE likenesses (
    a INTEGER NOT NULL REFERENCES documents (row),
    b INTEGER NOT NULL REFERENCES documents (row),
    jaccard REAL NOT NULL,
    containment REAL NOT NULL,
    covered REAL NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE TABLE findings (
    document INTEGER PRIMARY KEY REFERENCES documents (row),
    representative INTEGER NOT NULL,
    flags TEXT NOT NULL,
    score REAL,
    home REAL NOT NULL,
    basis INTEGER NOT NULL,
    suspicions TEXT NOT NULL
);
