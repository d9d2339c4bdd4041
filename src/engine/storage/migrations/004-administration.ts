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

-- Each step leads from the list of the next higher place, or the one in force, back to this one, as org's encodeStep writes
-- it. Places say the order: under a new root a list may count from below. is_own: nobody else can check this step, since lists
-- between never came here; is_open: colleagues may have them.
CREATE TABLE list_history (
  place     INTEGER PRIMARY KEY,
  version   INTEGER NOT NULL,
  list_hash TEXT NOT NULL,
  step      BLOB NOT NULL,
  is_own    INTEGER NOT NULL,
  is_open   INTEGER NOT NULL
) STRICT;
CREATE INDEX list_history_by_hash ON list_history (list_hash);

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
