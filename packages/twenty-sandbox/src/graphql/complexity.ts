import {
  getNamedType,
  isObjectType,
  Kind,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type SelectionSetNode,
} from 'graphql';
import { tooComplexQuery } from '../errors';

/** Twenty refuses a one-to-many relation inside another one; the connection at the root does not count. */
export function assertNotTooComplex(info: GraphQLResolveInfo): void {
  const type = getNamedType(info.returnType);
  if (!isObjectType(type)) return;
  for (const node of info.fieldNodes) {
    if (node.selectionSet) walk(type, node.selectionSet, info.fragments, 0);
  }
}

function walk(
  type: GraphQLObjectType,
  selections: SelectionSetNode,
  fragments: Record<string, FragmentDefinitionNode>,
  depth: number,
): void {
  for (const selection of selections.selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) walk(type, selection.selectionSet, fragments, depth);
    else if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragments[selection.name.value];
      if (fragment) walk(type, fragment.selectionSet, fragments, depth);
    } else if (selection.selectionSet) {
      const child = type.getFields()[selection.name.value];
      const childType = child && getNamedType(child.type);
      if (!child || !isObjectType(childType)) continue;
      const nested = child.args.length > 0 ? depth + 1 : depth;
      if (nested > 1) throw tooComplexQuery();
      walk(childType, selection.selectionSet, fragments, nested);
    }
  }
}
