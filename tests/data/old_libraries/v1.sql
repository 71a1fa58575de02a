-- The database of version 0.1.0: documents, paragraphs, passages, vectors; one document in it.
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT,
    issuer TEXT,
    number TEXT,
    issued TEXT,
    quality TEXT NOT NULL,
    removed TEXT NOT NULL,
    added INTEGER NOT NULL,
    gone INTEGER
);
CREATE INDEX documents_id ON documents (id);
CREATE TABLE sources (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (row),
    name TEXT NOT NULL,
    origin TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    reader INTEGER NOT NULL,
    added INTEGER NOT NULL,
    gone INTEGER
);
CREATE INDEX sources_origin ON sources (origin);
CREATE INDEX sources_document ON sources (document);
CREATE TABLE paragraphs (
    document INTEGER NOT NULL REFERENCES documents (row),
    number INTEGER NOT NULL,
    role TEXT NOT NULL,
    text TEXT NOT NULL,
    heading_path TEXT NOT NULL,
    pieces TEXT NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (row),
    paragraph INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    role TEXT NOT NULL,
    words TEXT NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX passages_document ON passages (document);
CREATE INDEX passages_vector ON passages (vector);
CREATE TABLE vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;

INSERT INTO settings VALUES ('generation', '1'), ('model', 'multilingual-e5-small'), ('dimension', '8');
INSERT INTO documents (row, id, title, kind, issuer, number, issued, quality, removed, added)
VALUES (1, '', '关于做好供热工作的通知', '通知', NULL, NULL, '2022', '[]', '[]', 1);
INSERT INTO sources (row, document, name, origin, sha256, media_type, reader, added)
VALUES (1, 1, '供热.txt', '/文件/供热.txt', '00', 'text/plain', 1, 1);
INSERT INTO paragraphs VALUES
    (1, 1, 'title', '关于做好供热工作的通知', '[]', '[]'),
    (1, 2, 'body', '供热企业储煤不得少于十天用量。', '[]', '[]');
INSERT INTO passages (id, document, paragraph, start, stop, role, words, vector)
VALUES (1, 1, 2, 0, 15, 'body', '供热 企业 储煤', x'0102');
INSERT INTO vectors VALUES (x'0102', x'');
