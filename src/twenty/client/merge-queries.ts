import { type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql';

/** Several queries of different root fields as one request; variables of the same name are one. */
export function mergeQueries(name: string, documents: readonly DocumentNode[]): DocumentNode {
  const operations = documents
    .flatMap(({ definitions }) => definitions)
    .filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION);
  const variables = operations.flatMap(({ variableDefinitions }) => variableDefinitions ?? []);
  const [first] = operations;
  if (!first) throw new TypeError('Nothing to merge');
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        ...first,
        name: { kind: Kind.NAME, value: name },
        variableDefinitions: [...new Map(variables.map((node) => [node.variable.name.value, node])).values()],
        selectionSet: {
          kind: Kind.SELECTION_SET,
          selections: operations.flatMap(({ selectionSet }) => selectionSet.selections),
        },
      },
    ],
  };
}
