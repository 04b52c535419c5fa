import { TypedText, keepTyped } from './typed-text';

describe('a text field inside Twenty', () => {
  const standIn = (sent: string[]) => {
    let kept = '';
    return {
      updateRemoteProperty: () => undefined,
      get value() {
        return kept;
      },
      set value(text: string) {
        kept = text;
        sent.push(text);
      },
    } as unknown as HTMLInputElement;
  };

  it('should send its first value to the page and nothing that was typed there', () => {
    const sent: string[] = [];
    const field = standIn(sent);
    field.value = 'first';
    keepTyped(field);
    field.value = 'typed';
    expect(field.value).toBe('typed');
    expect(sent).toEqual(['first']);
  });

  it('should leave a field of the page itself alone', () => {
    const field = { value: 'x' } as HTMLInputElement;
    keepTyped(field);
    expect(Object.getOwnPropertyDescriptor(field, 'value')).toMatchObject({ enumerable: true });
    expect(() => keepTyped(null)).not.toThrow();
  });
});

describe('the text of a field', () => {
  it('should be the same field while somebody types, however late the rendering', () => {
    const text = new TypedText('');
    text.typed('a');
    text.typed('ab');
    text.rendered('');
    text.rendered('a');
    text.typed('abc');
    text.rendered('ab');
    text.rendered('abc');
    expect(text.round).toBe(0);
  });

  it('should begin anew when it is set back, to what was there once too', () => {
    const text = new TypedText('30');
    for (const typed of ['3', '30', '305']) {
      text.typed(typed);
      text.rendered(typed);
    }
    text.rendered('30');
    expect(text.round).toBe(1);
  });

  it('should begin anew when it is emptied', () => {
    const text = new TypedText('');
    text.typed('x');
    text.rendered('x');
    text.rendered('');
    expect(text.round).toBe(1);
  });
});
