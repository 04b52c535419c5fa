import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = join(__dirname, '..');
const TYPED =
  /<textarea|<input[^>]*\stype=(?:"(?:text|search|number|password|email|url|tel)"|\{)|<input(?![^>]*\stype=)/;

describe('typed text', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.tsx') && !name.endsWith('text-field.tsx'),
  );

  it('should go through TextField everywhere: a bare field loses letters inside Twenty', () => {
    const bare = files.filter((name) => TYPED.test(readFileSync(join(SOURCE, name), 'utf8').replace(/=>/g, '')));
    expect(files.length).toBeGreaterThan(20);
    expect(bare).toEqual([]);
  });
});
