import { createHash, randomBytes } from 'node:crypto';

/**
 * Twenty names the app as the writer of a logged follow-up, and names of members change and repeat. So the note's id says whose
 * it is: half of it is random, the other half follows from that and the member. It looks like a version 4 UUID, which every
 * Twenty takes.
 */
export function followUpNoteId(memberId: string): string {
  const nonce = randomBytes(8);
  return idOf(nonce, memberId);
}

/** @returns whose logged follow-up the note is; null when it is none of these members' */
export function followUpAuthor(noteId: string, memberIds: Iterable<string>): string | null {
  const bytes = Buffer.from(noteId.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) return null;
  for (const memberId of memberIds) if (idOf(bytes.subarray(0, 8), memberId) === noteId.toLowerCase()) return memberId;
  return null;
}

function idOf(nonce: Buffer, memberId: string): string {
  const proof = createHash('sha256').update(versioned(nonce)).update(memberId.toLowerCase()).digest().subarray(0, 8);
  proof[0] = ((proof[0] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.concat([versioned(nonce), proof]).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function versioned(nonce: Buffer): Buffer {
  const copy = Buffer.from(nonce);
  copy[6] = ((copy[6] ?? 0) & 0x0f) | 0x40;
  return copy;
}
