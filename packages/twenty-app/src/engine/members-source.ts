import { EngineFault } from '../domain/fault';
import type { Host } from './host';
import { requestJson } from './http';

export interface MemberChoice {
  id: string;
  name: string;
}

interface Listing {
  data?: { workspaceMembers?: { edges: { node: { id: string; name: { firstName: string; lastName: string } } }[] } };
}

const HAN = /[\u4e00-\u9fff]/;

/** The workspace's members by name, as every member may read them in Twenty. @throws EngineFault */
export async function readMembers(host: Host): Promise<MemberChoice[]> {
  const { body } = await requestJson(host, `${host.apiUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'query Members { workspaceMembers(first: 1000) { edges { node { id name { firstName lastName } } } } }',
    }),
  });
  const edges = (body as Listing | undefined)?.data?.workspaceMembers?.edges;
  if (!edges) throw new EngineFault('UNAVAILABLE');
  return edges
    .map(
      ({
        node: {
          id,
          name: { firstName, lastName },
        },
      }) => ({
        id,
        name: HAN.test(firstName + lastName) ? `${lastName}${firstName}` : `${firstName} ${lastName}`.trim(),
      }),
    )
    .sort((a, b) => a.name.localeCompare(b.name));
}
