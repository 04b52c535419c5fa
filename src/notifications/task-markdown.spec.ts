import { asTyped, taskMarkdown } from './task-markdown';

describe('the markdown of tasks', () => {
  it('should show a name as it was typed, and make no link of it', () => {
    const name = '[x](https://evil.example) *A* <b> www.evil.cn';
    const markdown = taskMarkdown(
      {
        audience: 'OWNER',
        memberName: 'Anna',
        entries: [{ object: 'COMPANY', recordId: '1', name, reclaimOn: '2026-08-05', rule: null, ownerName: null }],
        notices: [],
      },
      'en',
    );
    expect(markdown).toContain(
      '- \\[x\\](https:\u200b//evil.\u200bexample) \\*A\\* \\<b\\> www.\u200bevil.\u200bcn: 5 Aug 2026',
    );
  });

  it('should leave an ordinary name as it is', () => {
    expect(asTyped('Acme Co., Ltd. / U.S. Steel: No.1')).toBe('Acme Co., Ltd. / U.S. Steel: No.1');
  });
});
