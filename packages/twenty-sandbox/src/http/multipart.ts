import type { GraphqlRequest } from '../graphql/execute';
import { BadRequest, jsonBody, type SandboxRequest } from './http-types';

/** The GraphQL request in a body: JSON, or a multipart form with files as Twenty takes uploads. */
export async function graphqlBody(request: SandboxRequest): Promise<GraphqlRequest> {
  const contentType = request.headers['content-type'] ?? '';
  if (!contentType.startsWith('multipart/form-data')) return jsonBody(request);
  const form = await new Response(new Uint8Array(request.raw), { headers: { 'content-type': contentType } }).formData();
  const [operations, map] = [form.get('operations'), form.get('map')];
  if (typeof operations !== 'string' || typeof map !== 'string')
    throw new BadRequest('Multipart request without operations and map');
  const body = JSON.parse(operations) as { query?: unknown; variables?: Record<string, unknown> };
  const variables: Record<string, unknown> = { ...body.variables };
  for (const [part, paths] of Object.entries(JSON.parse(map) as Record<string, string[]>)) {
    const file = form.get(part);
    if (file === null || typeof file === 'string') throw new BadRequest(`Part ${part} is not a file`);
    const content = Buffer.from(await file.arrayBuffer());
    for (const path of paths) variables[path.replace(/^variables\./, '')] = content;
  }
  return { ...body, variables };
}
