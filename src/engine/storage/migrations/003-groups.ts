/** What else the list says of people, and the organisation's groups. */
export const groupTables = `
-- A JSON array of names; the SHA-256 of the picture in hex.
ALTER TABLE people ADD COLUMN roles TEXT NOT NULL DEFAULT '[]';
ALTER TABLE people ADD COLUMN photo TEXT;

-- A projection of the signed list: members and departments as JSON arrays.
CREATE TABLE organisation_groups (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  members     TEXT NOT NULL,
  departments TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`
