import type { ValidationError } from 'class-validator';

const mostTold = 5;

/** What is wrong with the input, by path; the first few only. Values are not repeated. */
export function validationMessage(errors: ValidationError[]): string {
  const all = errors.flatMap((error) => messages(error, ''));
  const rest = all.length - mostTold;
  return all.slice(0, mostTold).join('; ') + (rest > 0 ? `; and ${rest} more` : '');
}

function messages({ property, constraints, children }: ValidationError, parent: string): string[] {
  const path = parent ? `${parent}.${property}` : property;
  return [
    ...Object.values(constraints ?? {}).map((message) => `${path}: ${message}`),
    ...(children ?? []).flatMap((child) => messages(child, path)),
  ];
}
