import { maxDepthRule as depthRule } from '@escape.tech/graphql-armor-max-depth';
import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql';

/** The deepest answer there is: claim → outcomes → customer → claimable → refusal → code. */
const deepest = 10;
const mostAliases = 50;
/** A thousand records written inline are about ten thousand tokens. */
export const mostTokens = 20_000;

export const maxDepthRule = depthRule({ n: deepest });

/** Aliases would let one request ask the same expensive thing many times. */
export function maxAliasesRule(context: ValidationContext): ASTVisitor {
  let count = 0;
  return {
    Field(node) {
      if (node.alias) count += 1;
      if (count === mostAliases + 1)
        context.reportError(new GraphQLError(`At most ${mostAliases} aliases in one request.`, { nodes: node }));
    },
  };
}
