import { execute, GraphQLError, parse, validate, type DocumentNode } from 'graphql';
import { formatError, toResponse, type GraphqlRequest, type GraphqlResponse } from '../graphql/execute';
import type { MetadataContext } from './metadata-context';
import { metadataResolvers } from './metadata-resolvers';
import { metadataSchema } from './metadata-schema';

const schema = metadataSchema();

/** Runs one `/metadata` request. Its root fields are not null, so a refusal leaves `data: null`. */
export async function executeMetadata(request: GraphqlRequest, context: MetadataContext): Promise<GraphqlResponse> {
  let document: DocumentNode;
  try {
    document = parse(typeof request.query === 'string' ? request.query : '');
  } catch (error) {
    return { errors: [formatError(error)] };
  }
  const problems = validate(schema, document);
  if (problems.length > 0) {
    return {
      errors: problems.map((problem) => ({
        message: problem.message,
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      })),
    };
  }
  try {
    const result = await execute({
      schema,
      document,
      rootValue: metadataResolvers,
      contextValue: context,
      variableValues:
        typeof request.variables === 'object' ? (request.variables as Record<string, unknown> | null) : null,
      operationName: typeof request.operationName === 'string' ? request.operationName : undefined,
    });
    return toResponse(result);
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [formatError(error)] };
    throw error;
  }
}
