/** The profile itself, the organisation and its people. */
export const profileTables = `
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The newest change of each row that the cache of a client holds; see change-feed.ts.
CREATE TABLE changes (
  sequence INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,
  id       TEXT NOT NULL,
  UNIQUE (kind, id)
) STRICT;

-- Keys and documents as their own encoders write them: device-keys, admin-key, freshness-seed, unconfirmed-root-seed, trusted, prekeys.
CREATE TABLE documents (
  name  TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

-- A projection of the signed list, so that pages of people need no decoding of documents.
CREATE TABLE people (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  title        TEXT NOT NULL,
  department   TEXT NOT NULL,
  email        TEXT NOT NULL,
  phone        TEXT NOT NULL,
  devices      INTEGER NOT NULL,
  is_admin     INTEGER NOT NULL,
  listed       INTEGER NOT NULL,
  last_seen_at INTEGER
) STRICT, WITHOUT ROWID;

-- Devices of everybody on the newest list; what was removed stays with listed = 0.
CREATE TABLE devices (
  id           TEXT PRIMARY KEY,
  person_id    TEXT NOT NULL REFERENCES people (id),
  dh           BLOB NOT NULL,
  name         TEXT NOT NULL,
  added_at     INTEGER NOT NULL,
  listed       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_of_person ON devices (person_id);

-- Where a device was last reached: multiaddrs as a JSON array.
CREATE TABLE addresses (
  device_id TEXT PRIMARY KEY,
  addresses TEXT NOT NULL,
  seen_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The administrator's side of joining. expired is not stored: it is expires_at against the clock.
CREATE TABLE invitations (
  id         TEXT PRIMARY KEY,
  person_id  TEXT NOT NULL,
  secret     BLOB NOT NULL,
  name       TEXT NOT NULL,
  title      TEXT NOT NULL,
  department TEXT NOT NULL,
  email      TEXT NOT NULL,
  phone      TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('open', 'used', 'withdrawn'))
) STRICT, WITHOUT ROWID;

CREATE TABLE join_requests (
  device_id     TEXT PRIMARY KEY,
  invitation_id TEXT NOT NULL REFERENCES invitations (id),
  device_name   TEXT NOT NULL,
  dh            BLOB NOT NULL,
  requested_at  INTEGER NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'declined'))
) STRICT, WITHOUT ROWID;

-- The joining side: at most one row.
CREATE TABLE own_join (
  one         INTEGER PRIMARY KEY CHECK (one = 1),
  invitation  TEXT NOT NULL,
  device_name TEXT NOT NULL,
  started_at  INTEGER NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('searching', 'waiting', 'declined', 'failed')),
  failure     TEXT
) STRICT;
`
