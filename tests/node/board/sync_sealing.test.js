import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { freshKey, sha256, unsealed } from '../../../anycompany/board/source/sync/sealing.js';

const hex = (bytes) => Buffer.from(bytes).toString('hex');

describe('sealed messages', () => {
  it('are mixed with the SHA-256 that everybody has', () => {
    for (let length = 0; length < 200; length += 1) {
      const bytes = new Uint8Array(randomBytes(length));
      expect(hex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });
  it('are read with the key they were sealed with, and with no other', () => {
    // made by anycompany.board.sealing.sealed({"type": "ack", "to": "1a2b3c4d0001", "é": "ünit"}, "0f" * 32)
    const sealed = {
      nonce: '285f067bcac7325a9e06c6452208ebdc',
      text: 'Jk5pwlztDA9lVQzTqHPW+oKcyyiZ1YNbWxHCyGMdr1iUBHNT9Hl71y2Jmaf6D9dhxPcRdGb4cg==',
    };
    expect(unsealed(sealed, '0f'.repeat(32))).toEqual({ type: 'ack', to: '1a2b3c4d0001', é: 'ünit' });
    expect(() => unsealed(sealed, freshKey())).toThrow();
  });
});
