/** Conversations, messages and everything that carries them between two devices. */
export const messageTables = `
CREATE TABLE conversations (
  id           TEXT PRIMARY KEY,
  person_id    TEXT NOT NULL UNIQUE,
  created_at   INTEGER NOT NULL,
  active_at    INTEGER NOT NULL,
  unread       INTEGER NOT NULL,
  read_up_to   TEXT,
  -- How far the other person says to have read: an acknowledgement may come behind the receipt.
  peer_read_up_to TEXT,
  -- The message with the highest place, so that the list of conversations is one read.
  latest_id    TEXT,
  latest_place TEXT
) STRICT, WITHOUT ROWID;

-- place is the message's order (see clock.ts). The rowid is kept: the search index will refer to it.
CREATE TABLE messages (
  number          INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  author          TEXT NOT NULL,
  place           TEXT NOT NULL,
  sent_at         INTEGER NOT NULL,
  stored_at       INTEGER NOT NULL,
  text            TEXT NOT NULL,
  state           TEXT NOT NULL CHECK (state IN ('queued', 'held', 'delivered', 'read', 'failed', 'received')),
  failure         TEXT
) STRICT;
CREATE UNIQUE INDEX messages_by_place ON messages (conversation_id, place);
-- What a read receipt changes: few rows, however long the conversation is.
CREATE INDEX messages_delivered ON messages (conversation_id, place) WHERE state = 'delivered';

-- What must still reach a device, in the order of the envelope ids, which grow. Once sealed, envelope holds the bytes
-- that go out again and again until they are acknowledged; content stays: after a reset it is sealed anew.
CREATE TABLE outbox (
  device_id   TEXT NOT NULL,
  envelope_id TEXT NOT NULL,
  message_id  TEXT,
  content     BLOB NOT NULL,
  envelope    BLOB,
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (device_id, envelope_id)
) STRICT, WITHOUT ROWID;

-- Everything between this device and one other, as crypto's encodeChannel writes it.
CREATE TABLE channels (
  device_id   TEXT PRIMARY KEY,
  state       BLOB NOT NULL,
  changed_at  INTEGER NOT NULL,
  -- When this device last sent a reset and last obeyed one: resets are rate-limited.
  reset_sent_at INTEGER,
  reset_taken_at INTEGER
) STRICT, WITHOUT ROWID;

-- Envelopes that were stored already: the same one again is acknowledged and changes nothing.
CREATE TABLE seen_envelopes (
  device_id TEXT NOT NULL,
  id        TEXT NOT NULL,
  at        INTEGER NOT NULL,
  PRIMARY KEY (device_id, id)
) STRICT, WITHOUT ROWID;
`
