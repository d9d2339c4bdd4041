#!/usr/bin/env python3
"""Verifies a Lanyard bundle without Lanyard: a companion to docs/PROTOCOL.md, section 3.

    verify-bundle.py FILE ORGANISATION [MILLISECONDS SINCE 1970]

FILE is a `.lanyard` file with a bundle, ORGANISATION the id of the organisation in hex: the SHA-256 of its first root,
as it stands in every invitation. Prints what the organisation says as JSON and ends with 0, or names the fault and ends
with 1. Needs Python 3.8 and the `openssl` command (3.0 or newer), nothing else.

It does what a device does that knows nothing but the organisation's id. It leaves out what only matters to a device
that has seen an earlier list (rollback, forks), the bounds on lengths and numbers of entries, and the orders.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import unicodedata


class Refused(Exception):
    """A document did not pass one of the steps; the words are those of PROTOCOL.md."""


def sha256(data):
    return hashlib.sha256(data).digest()


# -- Canonical CBOR: PROTOCOL.md section 1 ---------------------------------------------------------------------------


def decode(data):
    """The one value that `data` encodes; arrays as lists, maps as dicts. Refuses what has another encoding as well."""
    value, end = decode_at(data, 0, 0)
    if end != len(data):
        raise Refused('malformed: bytes after the value')
    return value


def decode_at(data, at, depth):
    if at >= len(data) or depth > 32:
        raise Refused('malformed: cut off, or nested too deeply')
    major, info = data[at] >> 5, data[at] & 31
    at += 1
    if major == 7:
        simple = {20: False, 21: True, 22: None}
        if info not in simple:
            raise Refused('malformed: a float or another simple value')
        return simple[info], at
    argument = info
    if info >= 24:
        if info > 27:
            raise Refused('malformed: indefinite or reserved length')
        size = 1 << (info - 24)
        argument = int.from_bytes(data[at : at + size], 'big')
        if at + size > len(data) or argument < (24 if size == 1 else 1 << (4 * size)) or argument >= 1 << 53:
            raise Refused('malformed: cut off, a longer form than need be, or too large')
        at += size
    if major == 0:
        return argument, at
    if major == 1:
        return -1 - argument, at
    if major in (2, 3):
        content = data[at : at + argument]
        if len(content) != argument:
            raise Refused('malformed: cut off')
        return (content if major == 2 else decode_text(content)), at + argument
    if major == 4:
        items = []
        for _ in range(argument):
            item, at = decode_at(data, at, depth + 1)
            items.append(item)
        return items, at
    if major == 5:
        entries, before = {}, b''
        for _ in range(argument):
            start = at
            key, at = decode_at(data, at, depth + 1)
            if not isinstance(key, (int, str)) or data[start:at] <= before:
                raise Refused('malformed: map keys out of order, twice, or of another type')
            before = data[start:at]
            entries[key], at = decode_at(data, at, depth + 1)
        return entries, at
    raise Refused('malformed: a tag')


def decode_text(content):
    try:
        text = content.decode('utf-8')
    except UnicodeDecodeError:
        raise Refused('malformed: text that is no UTF-8') from None
    if unicodedata.normalize('NFC', text) != text or text.startswith('\ufeff'):
        raise Refused('malformed: text not in NFC')
    return text


def is_one(value):
    """In Python `True == 1`, on the wire they are two things."""
    return type(value) is int and value == 1


def fields(value, count):
    """A map with exactly the keys 0 … count - 1."""
    if not isinstance(value, dict) or list(value) != list(range(count)):
        raise Refused(f'malformed: a map of {count} fields is missing')
    return value


# -- Signatures ------------------------------------------------------------------------------------------------------

# RFC 8410: what stands before the 32 bytes of an Ed25519 public key in a SubjectPublicKeyInfo
SPKI_PREFIX = bytes.fromhex('302a300506032b6570032100')


def is_signature(key, context, document, signature):
    """Ed25519 over context | 0x00 | document, by the openssl command."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ('key', 'message', 'signature')]
        parts = (SPKI_PREFIX + key, context.encode() + b'\0' + document, signature)
        for path, content in zip(paths, parts):
            with open(path, 'wb') as file:
                file.write(content)
        command = 'openssl pkeyutl -verify -pubin -keyform DER -rawin -inkey'.split()
        command += [paths[0], '-in', paths[1], '-sigfile', paths[2]]
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def verify_envelope(envelope, context, roles, known_keys):
    """The document of an envelope and who signed it, once a threshold of each role has."""
    envelope = fields(envelope, 2)
    document = envelope[0]
    signatures = {}
    for entry in envelope[1]:
        key, signature = fields(entry, 2)[0], entry[1]
        if key in signatures:
            raise Refused(f'signature-duplicate: {context}')
        signatures[key] = signature
    counting = [key for key in signatures if any(key in role[1] for role in roles)]
    for key in counting:
        if not is_signature(key, context, document, signatures[key]):
            raise Refused(f'signature-invalid: {context}')
    for role in roles:
        if sum(key in role[1] for key in counting) < role[0]:
            others = [key for key in signatures if key not in counting]
            if any(key not in known_keys for key in others):
                raise Refused(f'key-unknown: {context}')
            raise Refused(f'{"key-wrong-role" if others else "threshold-short"}: {context}')
    return document, counting


# -- Root ------------------------------------------------------------------------------------------------------------


def read_root(document):
    root = fields(decode(document), 9)
    keys = [fields(entry, 3)[0] for entry in root[7]]
    if not is_one(root[0]) or keys != sorted(set(keys)) or sorted(root[8]) != [1, 2, 3, 4]:
        raise Refused('malformed: root')
    for role in root[8].values():
        threshold, role_keys = fields(role, 2)[0], role[1]
        is_fillable = 1 <= threshold <= len(role_keys)
        if not is_fillable or role_keys != sorted(set(role_keys)) or not set(role_keys) <= set(keys):
            raise Refused('malformed: a role of the root')
    if root[6] <= root[5]:
        raise Refused('malformed: root expires before it is issued')
    return root


TWO_HOURS = 2 * 60 * 60 * 1000


def verify_roots(envelopes, organisation, now):
    """Walks the chain from the pinned first root to the newest, which is in force."""
    root, before = None, None
    for envelope in envelopes:
        document = fields(envelope, 2)[0]
        if root is None and sha256(document) != organisation:
            raise Refused('wrong-organisation: not the first root of this organisation')
        following = read_root(document)
        expected = (None, 1, None) if root is None else (organisation, root[3] + 1, sha256(before))
        if (following[1], following[3], following[4]) != expected:
            raise Refused('root-gap: a root does not follow the one before')
        vouching = [following] if root is None else [root, following]
        known = {entry[0] for each in vouching for entry in each[7]}
        verify_envelope(envelope, 'lanyard/root/1', [(each[8][1][0], each[8][1][1]) for each in vouching], known)
        if following[5] > now + TWO_HOURS:
            raise Refused('issued-in-future: root')
        root, before = following, document
    if root is None:
        raise Refused('malformed: no root')
    if root[6] <= now:
        raise Refused('root-expired')
    return root


def role_of(root, number):
    return (root[8][number][0], root[8][number][1])


# -- Contact list ----------------------------------------------------------------------------------------------------


def merkle_root(leaves):
    """RFC 9162 section 2.1.1."""
    if not leaves:
        return sha256(b'')
    if len(leaves) == 1:
        return sha256(b'\0' + leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b'\1' + merkle_root(leaves[:split]) + merkle_root(leaves[split:]))


LEAF_LENGTHS = {1: 10, 2: 5, 3: 6}
REASONS = ('left', 'lost', 'stolen', 'replaced')


def verify_list(envelope, leaves, policy, root, organisation, now):
    known = {entry[0] for entry in root[7]}
    document, signers = verify_envelope(envelope, 'lanyard/contacts/1', [role_of(root, 2)], known)
    header = fields(decode(document), 10)
    if not is_one(header[0]) or header[1] != organisation:
        raise Refused('wrong-organisation: contact list')
    if header[2] > root[3]:
        raise Refused('root-missing: signed under a root that is not here')
    if header[8] > now + TWO_HOURS:
        raise Refused('issued-in-future: contact list')
    if header[9] <= header[8]:
        raise Refused('malformed: contact list expires before it is issued')
    if sha256(policy) != header[7]:
        raise Refused('policy-mismatch')
    if len(leaves) != header[6]:
        raise Refused('count-mismatch')
    if merkle_root(leaves) != header[5]:
        raise Refused('merkle-mismatch')
    fields(decode(policy), 10)
    entries, before = [decode(leaf) for leaf in leaves], b''
    for entry in entries:
        if not isinstance(entry, list) or LEAF_LENGTHS.get(entry[0] if entry else None) != len(entry):
            raise Refused('malformed: leaf')
        key = bytes([entry[0]]) + entry[1]
        if key <= before:
            raise Refused('list-inconsistent: entries out of order or twice')
        before = key
    devices = [device for entry in entries if entry[0] == 1 for device in entry[8]]
    gone = {entry[1] for entry in entries if entry[0] == 3}
    for place in (0, 1):
        if len({device[place] for device in devices}) != len(devices):
            raise Refused('list-inconsistent: two devices have the same key')
    if any(device[0] in gone for device in devices):
        raise Refused('list-inconsistent: a removed device is listed')
    return header, sha256(document), signers, entries


# -- Freshness -------------------------------------------------------------------------------------------------------

SEVEN_DAYS = 7 * 24 * 60 * 60 * 1000


def verify_freshness(envelope, root, header, list_hash, organisation, now):
    known = {entry[0] for entry in root[7]}
    document, _ = verify_envelope(envelope, 'lanyard/freshness/1', [role_of(root, 4)], known)
    statement = fields(decode(document), 9)
    if not is_one(statement[0]) or statement[1] != organisation:
        raise Refused('wrong-organisation: freshness')
    if statement[2] > root[3]:
        raise Refused('root-missing: freshness')
    if statement[6] > now + TWO_HOURS:
        raise Refused('issued-in-future: freshness')
    if not 0 < statement[7] - statement[6] <= SEVEN_DAYS:
        raise Refused('lifetime-too-long: freshness')
    if statement[3] == header[3] and statement[4] != list_hash:
        raise Refused('fork: freshness names another list of this version')
    return statement


def status_of(root, header, statement, now):
    if now >= min(header[9], root[6]):
        return 'expired'
    fresh_until = header[8] + SEVEN_DAYS
    if statement is not None and statement[3] > header[3]:
        return 'stale'
    if statement is not None and statement[3] == header[3]:
        fresh_until = max(fresh_until, statement[7])
    return 'fresh' if now < fresh_until else 'stale'


# -- The whole -------------------------------------------------------------------------------------------------------


def verify_file(data, organisation, now):
    container = decode(data)
    if not isinstance(container, list) or len(container) != 3 or container[0] != 'lanyard' or not is_one(container[1]):
        raise Refused('malformed: not a .lanyard file with a bundle')
    bundle = fields(decode(container[2]), 7)
    if not is_one(bundle[0]):
        raise Refused('malformed: another format of bundle')
    root = verify_roots(bundle[1], organisation, now)
    header, list_hash, signers, entries = verify_list(bundle[2], bundle[3], bundle[4], root, organisation, now)
    statement = bundle[5] and verify_freshness(bundle[5], root, header, list_hash, organisation, now)
    roles = ('root', 'contacts', 'orders', 'freshness')
    return {
        'organisation': organisation.hex(),
        'name': root[2],
        'root': {
            'version': root[3],
            'roles': {
                role: {'threshold': root[8][i][0], 'keys': [key.hex() for key in root[8][i][1]]}
                for i, role in enumerate(roles, 1)
            },
        },
        'list': {
            'version': header[3],
            'hash': list_hash.hex(),
            'merkleRoot': header[5].hex(),
            'policyHash': header[7].hex(),
            'issued': header[8],
            'signedBy': sorted(key.hex() for key in signers),
        },
        'people': [
            {'id': entry[1].hex(), 'name': entry[2], 'devices': [device[0].hex() for device in entry[8]]}
            for entry in entries
            if entry[0] == 1
        ],
        'groups': [
            {'id': entry[1].hex(), 'name': entry[2], 'members': [person.hex() for person in entry[3]]}
            for entry in entries
            if entry[0] == 2
        ],
        'tombstones': [
            {'device': entry[1].hex(), 'person': entry[2].hex(), 'reason': REASONS[entry[4]]}
            for entry in entries
            if entry[0] == 3
        ],
        'freshness': statement and {'list': statement[3], 'issued': statement[6], 'expires': statement[7]},
        'status': status_of(root, header, statement, now),
    }


def main(arguments):
    if len(arguments) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    with open(arguments[0], 'rb') as file:
        data = file.read()
    now = int(arguments[2]) if len(arguments) == 3 else int(time.time() * 1000)
    try:
        print(json.dumps(verify_file(data, bytes.fromhex(arguments[1]), now), indent=2, ensure_ascii=False))
    except Refused as refused:
        print(f'refused: {refused}', file=sys.stderr)
        return 1
    except (TypeError, KeyError, IndexError, AttributeError, ValueError) as error:
        print(f'refused: malformed: not the structure that it should be ({error})', file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
