import { Alike, type Comparable, mostAlike } from './best-hit';

const record = (recordId: string, matchKeys: string[], changes: Partial<Comparable> = {}): Comparable => ({
  object: 'COMPANY',
  recordId,
  status: 'POOLED',
  matchKeys,
  ...changes,
});
const alike = (customers: Comparable[]) =>
  new Alike(customers, new Set(customers.flatMap(({ matchKeys }) => matchKeys)));

describe('the best hit', () => {
  const self = record('a', ['d:acme.com', 'n:acme']);

  it('should be none without another customer', () => {
    expect(alike([self]).bestHit(self)).toBeNull();
    expect(alike([self, record('b', ['n:globex'])]).bestHit(self)).toBeNull();
  });

  it('should be an owned customer before a pooled one, and a pooled one before an archived one', () => {
    const others = [
      record('b', ['d:acme.com'], { status: 'ARCHIVED' }),
      record('c', ['d:acme.com']),
      record('d', ['n:acme'], { status: 'OWNED' }),
    ];
    expect(alike([self, ...others]).bestHit(self)?.other.recordId).toBe('d');
    expect(alike([self, ...others.slice(0, 2)]).bestHit(self)?.other.recordId).toBe('c');
  });

  it('should go by the domain before the name, and by the e-mail before the phone', () => {
    expect(alike([self, record('b', ['n:acme']), record('c', ['d:acme.com'])]).bestHit(self)).toMatchObject({
      other: { recordId: 'c' },
      key: 'd:acme.com',
    });
    const person = record('p', ['e:a@x.com', 'p:13800138000'], { object: 'PERSON' });
    const others = [
      record('q', ['p:13800138000'], { object: 'PERSON' }),
      record('r', ['e:a@x.com'], { object: 'PERSON' }),
    ];
    expect(alike([person, ...others]).bestHit(person)?.other.recordId).toBe('r');
  });

  it('should always be the same one of equal ones, whatever the order', () => {
    const others = [record('c', ['n:acme']), record('b', ['n:acme'])];
    expect(alike([self, ...others]).bestHit(self)?.other.recordId).toBe('b');
    expect(alike([...others].reverse()).bestHit(self)?.other.recordId).toBe('b');
  });

  it('should not go by a key that more customers share than can be one', () => {
    const crowd = Array.from({ length: mostAlike }, (_, index) => record(`t${index}`, ['n:test']));
    const one = record('x', ['n:test', 'd:x.com']);
    expect(alike([one, ...crowd]).bestHit(one)).toBeNull();
    expect(alike([one, ...crowd.slice(1)]).bestHit(one)).not.toBeNull();
    expect(alike([one, ...crowd, record('y', ['d:x.com'])]).bestHit(one)).toMatchObject({ key: 'd:x.com' });
  });

  it('should name everybody who is the same, once, and what makes them so', () => {
    const found = alike([
      self,
      record('b', ['d:acme.com', 'n:acme']),
      record('c', ['n:acme']),
      record('d', ['n:other']),
    ]);
    expect(found.allOf(self).map(({ recordId }) => recordId)).toEqual(['b', 'c']);
    expect(found.keysOf(record('z', ['d:zeta.com', 'n:acme']))).toEqual(['n:acme']);
  });
});
