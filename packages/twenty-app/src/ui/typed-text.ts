/**
 * Twenty runs a component in a worker, and its stand-in for a text field sends every value that it is told back to the page.
 * Whoever types faster than that would find letters set back or out of order. Given as the field's `ref`, this keeps what
 * comes from the page, or follows from it, from going back there; only the first value goes.
 */
export function keepTyped(field: HTMLInputElement | HTMLTextAreaElement | null): void {
  if (field === null || !('updateRemoteProperty' in field)) return;
  Object.defineProperty(field, 'value', { value: field.value, writable: true, configurable: true });
}

/** Tells a value that was typed, and comes back with the next rendering, from one that was set otherwise. */
export class TypedText {
  /** Grows whenever the field has to begin anew to show its value. */
  round = 0;
  private pending: string[] = [];

  constructor(private shown: string) {}

  typed(text: string): void {
    if (text !== (this.pending.at(-1) ?? this.shown)) this.pending.push(text);
  }

  rendered(value: string): void {
    if (value === this.shown) return;
    const at = this.pending.indexOf(value);
    if (at === -1) this.round += 1;
    this.pending = at === -1 ? [] : this.pending.slice(at + 1);
    this.shown = value;
  }
}
