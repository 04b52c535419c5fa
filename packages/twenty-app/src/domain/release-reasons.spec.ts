import { plugin } from '../plugin/plugin';
import { parseReleaseReasons, sayReason } from './release-reasons';

describe('the reasons offered for a release', () => {
  it('should be the setting’s, in the reader’s language', () => {
    const setting = plugin.settings.find(({ key }) => key === 'RELEASE_REASONS')?.default;

    expect(parseReleaseReasons(JSON.stringify(setting), 'en')[0]).toEqual({ code: 'NO_NEED', label: 'No need' });
    expect(parseReleaseReasons(setting, 'zh-CN')[0]).toEqual({ code: 'NO_NEED', label: '没有需求' });
  });

  it('should take one text for both languages, and English where a language is missing', () => {
    expect(parseReleaseReasons('{"MOVED":"Moved away","SOLD":{"en":"Sold"}}', 'zh-CN')).toEqual([
      { code: 'MOVED', label: 'Moved away' },
      { code: 'SOLD', label: 'Sold' },
    ]);
  });

  it.each(['{not json', '[]', '7', '', undefined, '{"A":5,"B":{"en":""}}'])(
    'should be none for a setting that cannot be used: %s',
    (setting) => {
      expect(parseReleaseReasons(setting, 'en')).toEqual([]);
    },
  );
});

describe('a reason of the history', () => {
  const known = new Map([['NO_NEED', 'No need']]);

  it.each(['STALE', 'RETURNED_TOO_OFTEN'])('should be in words when the system archived: %s', (code) => {
    const words = [sayReason(code, known, 'en'), sayReason(code, known, 'zh-CN')];
    expect(new Set([...words, code]).size).toBe(3);
    expect(words.join('')).not.toContain('{');
  });

  it('should be the workspace’s word for it, and else what somebody typed', () => {
    expect(['NO_NEED', 'Moved to Mars'].map((reason) => sayReason(reason, known, 'zh-CN'))).toEqual([
      'No need',
      'Moved to Mars',
    ]);
    expect(sayReason('STALE', new Map([['STALE', 'Asleep']]), 'en')).toBe('Asleep');
  });
});
