import {
  BREAK,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** What a selection asks for, with its fragments written out. */
export interface SelectionSize {
  fields: number;
  depth: number;
}

/** The deepest answer there is has six: claim → outcomes → customer → claimable → refusal → code. */
const deepest = 10;
const deepestValue = 20;
const mostFields = 500;
const mostRootFields = 20;
const mostLargeFields = 5;
const mostOperations = 10;
const mostFragments = 50;
const mostAliases = 50;

/** Root fields that read many rows, or work for each of many. */
const largeFields: ReadonlySet<string> = new Set([
  'assignmentDecisions',
  'customers',
  'duplicates',
  'figures',
  'job',
  'ownershipEvents',
  'previewOffboard',
  'previewReassign',
  'simulatePolicy',
]);

/**
 * What makes a document too large to be looked at any closer; null when nothing does. Takes time in proportion to the document,
 * which validating it does not. Records of a claim may be written inline: values are not counted.
 */
export function tooLarge(document: DocumentNode): string | null {
  return asWritten(document) ?? writtenOut(document);
}

/** Everything that is there, whether it is used or not: validation looks at all of it. */
function asWritten(document: DocumentNode): string | null {
  const count = { fields: 0, aliases: 0, spreads: 0, operations: 0, fragments: 0 };
  let depth = 0;
  let problem: string | null = null;
  const deeper = (limit: number, what: string) => {
    depth += 1;
    if (depth <= limit) return undefined;
    problem = what;
    return BREAK;
  };
  const value = {
    enter: () =>
      deeper(deepestValue, `Values are nested at most ${deepestValue} deep. 参数值最多嵌套 ${deepestValue} 层。`),
    leave: () => void (depth -= 1),
  };
  visit(document, {
    OperationDefinition: () => void (count.operations += 1),
    FragmentDefinition: () => void (count.fragments += 1),
    FragmentSpread: () => void (count.spreads += 1),
    Field: ({ alias }) => {
      count.fields += 1;
      if (alias) count.aliases += 1;
    },
    ListValue: value,
    ObjectValue: value,
  });
  return (
    problem ??
    atMost(mostOperations, count.operations, 'operations', '个操作') ??
    atMost(mostFragments, count.fragments, 'fragments', '个片段') ??
    atMost(mostFields, count.spreads, 'uses of fragments', '处片段引用') ??
    atMost(mostAliases, count.aliases, 'aliases', '个别名') ??
    atMost(mostFields, count.fields, 'fields', '个字段')
  );
}

function writtenOut(document: DocumentNode): string | null {
  const sizes = new SelectionSizes(document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION));
  for (const { selectionSet } of document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)) {
    const roots = sizes.rootFields(selectionSet);
    const { fields, depth } = sizes.of(selectionSet);
    const problem =
      atMost(mostRootFields, roots.length, 'root fields', '个根字段') ??
      atMost(
        mostLargeFields,
        roots.filter((name) => largeFields.has(name)).length,
        'lists and calculations',
        '个列表或统计',
      ) ??
      atMost(mostFields, fields, 'fields', '个字段') ??
      (depth > deepest ? `The depth of a request is at most ${deepest}. 请求最多嵌套 ${deepest} 层。` : null);
    if (problem) return problem;
  }
  return null;
}

function atMost(most: number, count: number, what: string, whatInChinese: string): string | null {
  return count > most ? `At most ${most} ${what} in one request. 一次请求最多 ${most} ${whatInChinese}。` : null;
}

/** Each fragment is measured once, however often and through whatever others it is used. */
export class SelectionSizes {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly known = new Map<string, SelectionSize>();
  private readonly knownRoots = new Map<string, readonly string[]>();

  constructor(fragments: readonly FragmentDefinitionNode[]) {
    this.fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  /** A fragment within itself counts as nothing: validation refuses it. */
  of(selectionSet: SelectionSetNode): SelectionSize {
    let fields = 0;
    let depth = 0;
    for (const selection of selectionSet.selections) {
      const size =
        selection.kind === Kind.FIELD
          ? this.ofField(selection)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? this.of(selection.selectionSet)
            : this.ofFragment(selection.name.value);
      fields += size.fields;
      depth = Math.max(depth, size.depth);
    }
    return { fields, depth };
  }

  private ofField({ name, selectionSet }: FieldNode): SelectionSize {
    const below = selectionSet ? this.of(selectionSet) : { fields: 0, depth: 0 };
    // How deep questions about the schema may go is a rule of GraphQL's own.
    return { fields: below.fields + 1, depth: name.value.startsWith('__') ? 0 : below.depth + 1 };
  }

  private ofFragment(name: string): SelectionSize {
    const known = this.known.get(name);
    if (known) return known;
    this.known.set(name, { fields: 0, depth: 0 });
    const fragment = this.fragments.get(name);
    const size = fragment ? this.of(fragment.selectionSet) : { fields: 0, depth: 0 };
    this.known.set(name, size);
    return size;
  }

  /** Names of the fields right below, those in fragments too; beyond the first few hundred they are not listed any more. */
  rootFields(selectionSet: SelectionSetNode): readonly string[] {
    return selectionSet.selections
      .flatMap((selection) => {
        if (selection.kind === Kind.FIELD) return [selection.name.value];
        if (selection.kind === Kind.INLINE_FRAGMENT) return this.rootFields(selection.selectionSet);
        return this.rootFieldsOf(selection.name.value);
      })
      .slice(0, mostFields);
  }

  private rootFieldsOf(name: string): readonly string[] {
    const known = this.knownRoots.get(name);
    if (known) return known;
    this.knownRoots.set(name, []);
    const fragment = this.fragments.get(name);
    const fields = fragment ? this.rootFields(fragment.selectionSet) : [];
    this.knownRoots.set(name, fields);
    return fields;
  }
}
