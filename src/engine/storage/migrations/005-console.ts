/** What an administrator's device keeps beside the signed list: edits that nobody has signed, invitations, requests. */
export const consoleTables = `
-- One row for each thing that is edited, in the order of the first edit. proposal: the change that carries it to the
-- other administrators; null while it waits on this device alone.
CREATE TABLE staged_edits (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  target    TEXT NOT NULL UNIQUE,
  edit      TEXT NOT NULL,
  staged_at INTEGER NOT NULL,
  proposal  TEXT
) STRICT;

-- The link holds the invitation's secret, so that it can be shown again.
ALTER TABLE invitations DROP COLUMN secret;
ALTER TABLE invitations ADD COLUMN link TEXT NOT NULL DEFAULT '';

-- Who asks to join, with what the invitation says of the person: it may be another administrator's.
DROP TABLE join_requests;
CREATE TABLE join_requests (
  device_id     TEXT PRIMARY KEY,
  invitation_id TEXT NOT NULL,
  person_id     TEXT NOT NULL,
  name          TEXT NOT NULL,
  title         TEXT NOT NULL,
  department    TEXT NOT NULL,
  email         TEXT NOT NULL,
  phone         TEXT NOT NULL,
  device_name   TEXT NOT NULL,
  dh            BLOB NOT NULL,
  requested_at  INTEGER NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'declined'))
) STRICT, WITHOUT ROWID;
CREATE INDEX join_requests_of_invitation ON join_requests (invitation_id);
`
