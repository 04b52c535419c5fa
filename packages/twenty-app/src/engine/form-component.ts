import { EngineFault } from '../domain/fault';
import type { Host } from './host';
import { requestJson } from './http';

interface Listing {
  data?: { frontComponents?: { id: string; universalIdentifier: string | null }[] };
}

/** A component's id in this workspace, which opening it in the side panel takes. Any member may read it. */
export async function findComponentId(host: Host, universalIdentifier: string): Promise<string> {
  const { body } = await requestJson(host, `${host.apiUrl}/metadata`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ frontComponents { id universalIdentifier } }' }),
  });
  const found = (body as Listing | undefined)?.data?.frontComponents?.find(
    (component) => component.universalIdentifier === universalIdentifier,
  );
  if (!found) throw new EngineFault('INTERNAL');
  return found.id;
}
