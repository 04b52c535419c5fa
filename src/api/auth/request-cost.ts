import type { GraphQLResolveInfo } from 'graphql';
import { SelectionSizes } from '../graphql/document-size';

const defaultPage = 50;
/** How much work a row's fields are, compared with those of an event: whether a customer may be claimed, and why it falls due, has to be worked out. */
const weights: ReadonlyMap<string, number> = new Map([
  ['assignmentDecisions', 1],
  ['customers', 10],
  ['duplicates', 20],
  ['ownershipEvents', 1],
]);
/** Fields of events. */
const fieldsPerPoint = 2_000;
const recordsPerPoint = 50;
const calculations: ReadonlySet<string> = new Set(['figures', 'previewOffboard', 'previewReassign', 'simulatePolicy']);
const pointsOfCalculation = 10;

/**
 * What a root field costs of a member's allowance, beside the one point of the request: one, and as much more as it asks for.
 *
 * @param args of the field, not validated yet
 */
export function costOf({ fieldName, fieldNodes, fragments }: GraphQLResolveInfo, args: unknown): number {
  if (calculations.has(fieldName)) return 1 + pointsOfCalculation;
  const weight = weights.get(fieldName);
  if (weight === undefined) return 1 + Math.ceil(records(args) / recordsPerPoint);
  const sizes = new SelectionSizes(Object.values(fragments));
  const fields = fieldNodes.reduce(
    (sum, { selectionSet }) => sum + (selectionSet ? sizes.of(selectionSet).fields : 0),
    0,
  );
  return 1 + Math.ceil((rows(args) * fields * weight) / fieldsPerPoint);
}

function rows(args: unknown): number {
  const first = property(args, 'first');
  return typeof first === 'number' && first > 0 ? first : defaultPage;
}

function records(args: unknown): number {
  const customers =
    property(args, 'customers') ?? property(property(property(args, 'input'), 'selection'), 'customers');
  return Array.isArray(customers) ? customers.length : 0;
}

function property(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined;
}
