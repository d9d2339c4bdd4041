/** What members carry for each other beside the signed list, and what they know of its past. */
export const administrationTables = `
-- Small signed statements, see notice-board.ts. One that was taken away stays as a mark until it runs out, so that it does
-- not come back from a colleague.
CREATE TABLE notices (
  id      TEXT PRIMARY KEY,
  bytes   BLOB NOT NULL,
  expires INTEGER NOT NULL,
  is_gone INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Changes that wait for signatures; see proposal-board.ts.
CREATE TABLE proposals (
  id      TEXT PRIMARY KEY,
  bytes   BLOB NOT NULL,
  is_gone INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The list in force, one leaf a row under its key (kind and id in hex); the rest of what is trusted is the document 'trusted'.
CREATE TABLE list_leaves (
  key   TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Each step leads from the list of the next row, or the one in force, back to this version, as org's encodeStep writes it.
-- is_own: versions between them never came here.
CREATE TABLE list_history (
  version INTEGER PRIMARY KEY,
  step    BLOB NOT NULL,
  is_own  INTEGER NOT NULL
) STRICT;

-- How far each device said that it is, and when it said so last.
CREATE TABLE device_versions (
  device_id    TEXT PRIMARY KEY,
  list_version INTEGER NOT NULL,
  seen_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Pictures of people, by the SHA-256 that stands on the list.
CREATE TABLE photos (
  hash  TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;
`
