import { duplicateFieldText, duplicateWarning } from './describe-duplicate';

describe('telling of a duplicate', () => {
  it('should say who has it or where it is, and no more', () => {
    expect(duplicateWarning({ ownerName: 'Ben' }, 'en')).toBe(
      'The same customer seems to be there already: owned by Ben.',
    );
    expect(duplicateWarning({ poolName: 'East' }, 'zh-CN')).toBe('疑似撞单：同一客户已在公海池“East”中。');
    expect(duplicateFieldText({ poolName: 'East' })).toBe('在公海池“East”中 · in the pool East');
  });

  it('should say of one that is hidden only that it is there', () => {
    expect(duplicateWarning({ isHidden: true }, 'en')).toBe(
      'The same customer seems to be there already: a customer that you may not see.',
    );
    expect(duplicateWarning({ isHidden: true }, 'zh-CN')).toBe('疑似撞单：已有同一客户，但您无权查看。');
    expect(duplicateFieldText({ isHidden: true })).toBe('在仅成员可见的公海池中 · in a pool that only its members see');
  });
});
