import {
  execute,
  GraphQLError,
  Kind,
  parse,
  specifiedRules,
  validate,
  ValuesOfCorrectTypeRule,
  VariablesInAllowedPositionRule,
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { TwentyError } from '../errors';
import type { RequestContext } from './request-context';

export interface GraphqlRequest {
  query?: unknown;
  variables?: unknown;
  operationName?: unknown;
}

export interface GraphqlError {
  message: string;
  locations?: readonly { line: number; column: number }[];
  extensions?: Record<string, unknown>;
}

export interface GraphqlResponse {
  data?: Record<string, unknown> | null;
  errors?: GraphqlError[];
}

/** The two faces of one API: what documents are checked against, and what runs. */
export interface SchemaPair {
  published: GraphQLSchema;
  executed: GraphQLSchema;
}

const MAX_ROOT_FIELDS = 20;
/** Twenty checks values by its metadata when it runs, and takes a UUID where an ID is declared: those rules are not GraphQL's to check. */
const LEFT_TO_TWENTY = new Set([ValuesOfCorrectTypeRule, VariablesInAllowedPositionRule]);
const RULES = specifiedRules.filter((rule) => !LEFT_TO_TWENTY.has(rule));
const validated = new WeakMap<GraphQLSchema, Map<string, DocumentNode>>();

function located(error: GraphQLError): GraphqlError {
  return {
    message: error.message.replace(/ Did you mean .*$/, ''),
    ...(error.locations && { locations: error.locations }),
  };
}

/** Message and extensions, as Twenty answers them: no path and no locations. */
export function formatError(error: unknown): GraphqlError {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  if (cause instanceof TwentyError) return { message: cause.message, extensions: cause.extensions };
  const message = cause instanceof Error ? cause.message : String(cause);
  return { message, extensions: { code: 'INTERNAL_SERVER_ERROR', userFriendlyMessage: 'An error occurred.' } };
}

/** Runs one record API request. Without a context, nobody has signed in: Twenty then has a schema without fields. */
export async function executeRecords(
  request: GraphqlRequest,
  schemas: SchemaPair,
  context: RequestContext | undefined,
): Promise<GraphqlResponse> {
  const source = typeof request.query === 'string' ? request.query : '';
  let document: DocumentNode;
  try {
    document = parse(source);
  } catch (error) {
    return { errors: [error instanceof GraphQLError ? located(error) : formatError(error)] };
  }
  const operation = findOperation(document, request.operationName);
  if (!operation) return { errors: [{ message: 'Must provide an operation.' }] };
  const fields = rootFields(document, operation);
  if (!context) return { errors: fields.map((field) => unknownRootField(operation, field)) };

  const problems = validateOnce(schemas.published, source, document);
  if (problems.length > 0) return { errors: problems.map(located) };
  const refusal = refuseRootFields(fields);
  if (refusal) return { data: {}, errors: [formatError(refusal)] };
  const variables =
    typeof request.variables === 'object' && request.variables !== null
      ? (request.variables as Record<string, unknown>)
      : {};
  const missing = missingVariables(operation, variables);
  if (missing.length > 0) return { errors: missing };

  const introspects = fields.some((field) => field.name.value.startsWith('__') && field.name.value !== '__typename');
  const result = await execute({
    schema: introspects ? schemas.published : schemas.executed,
    document: introspects ? document : withAnyVariables(document),
    contextValue: context,
    variableValues: variables,
    operationName: typeof request.operationName === 'string' ? request.operationName : undefined,
  });
  return toResponse(result);
}

export function toResponse(result: ExecutionResult): GraphqlResponse {
  return {
    ...(result.data !== undefined && { data: result.data }),
    ...(result.errors && result.errors.length > 0 && { errors: result.errors.map(formatError) }),
  };
}

function findOperation(document: DocumentNode, name: unknown): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return typeof name === 'string' && name !== ''
    ? operations.find((operation) => operation.name?.value === name)
    : operations[0];
}

function rootFields(document: DocumentNode, operation: OperationDefinitionNode): FieldNode[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const collect = (selections: SelectionSetNode, seen: ReadonlySet<string>): FieldNode[] =>
    selections.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return collect(selection.selectionSet, seen);
      const name = selection.name.value;
      const fragment = fragments.get(name);
      return fragment && !seen.has(name) ? collect(fragment.selectionSet, new Set([...seen, name])) : [];
    });
  return collect(operation.selectionSet, new Set());
}

function unknownRootField(operation: OperationDefinitionNode, field: FieldNode): GraphqlError {
  const type = operation.operation === 'mutation' ? 'Mutation' : 'Query';
  const error = new GraphQLError(`Cannot query field "${field.name.value}" on type "${type}".`, { nodes: field });
  return located(error);
}

/** docs/twenty-platform.md#trap-10: at most 20 root fields, and each of them once, aliases included. */
function refuseRootFields(fields: FieldNode[]): TwentyError | undefined {
  const names = fields.map((field) => field.name.value).filter((name) => !name.startsWith('__'));
  if (names.length > MAX_ROOT_FIELDS) {
    return new TwentyError(
      `Query too complex - Too many root resolvers requested: ${names.length} - Maximum allowed root resolvers: ${MAX_ROOT_FIELDS}`,
      { code: 'BAD_USER_INPUT' },
    );
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined
    ? undefined
    : new TwentyError(`Duplicate root resolver: "${twice}"`, { code: 'BAD_USER_INPUT' });
}

function validateOnce(schema: GraphQLSchema, source: string, document: DocumentNode): readonly GraphQLError[] {
  let known = validated.get(schema);
  if (!known) validated.set(schema, (known = new Map()));
  if (known.has(source)) return [];
  const problems = validate(schema, document, RULES);
  if (problems.length === 0) {
    if (known.size > 500) known.clear();
    known.set(source, document);
  }
  return problems;
}

function missingVariables(operation: OperationDefinitionNode, variables: Record<string, unknown>): GraphqlError[] {
  return (operation.variableDefinitions ?? []).flatMap((definition) => {
    if (definition.type.kind !== Kind.NON_NULL_TYPE || definition.defaultValue) return [];
    const name = definition.variable.name.value;
    if (variables[name] !== undefined && variables[name] !== null) return [];
    return [located(new GraphQLError(`Variable "$${name}" of required type was not provided.`, { nodes: definition }))];
  });
}

/** The executed schema takes every argument as JSON, so the document's variables become JSON too. */
function withAnyVariables(document: DocumentNode): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.map((definition) => {
      if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
      return {
        ...definition,
        variableDefinitions: (definition.variableDefinitions ?? []).map((variable) => ({
          ...variable,
          type: { kind: Kind.NAMED_TYPE as const, name: { kind: Kind.NAME as const, value: 'JSON' } },
        })),
      };
    }),
  };
}
