import { settings, universalIdentifier } from '../../../../plugin.json';
import { EngineFault } from '../domain/fault';
import { readHost } from '../engine/host';
import { requestJson } from '../engine/http';
import { TwentyRefusal } from './twenty-records';

const SECRET: ReadonlySet<string> = new Set(
  settings.flatMap((setting) => ('sensitive' in setting && setting.sensitive ? [setting.key] : [])),
);

/** The workspace's settings by key, from the app's own route, which every member may ask. Those that hold secrets are not among them. @throws EngineFault */
export async function readVariables(): Promise<Record<string, string>> {
  const host = readHost();
  const { body } = await requestJson(host, `${host.functionsUrl}/highseas/settings`);
  if (typeof body !== 'object' || body === null) throw new EngineFault('UNAVAILABLE');
  return Object.fromEntries(
    Object.entries(body).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && !SECRET.has(entry[0]),
    ),
  );
}

/** Twenty lets only those change settings of apps who may manage apps. */
export class NotAllowed extends Error {}

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

async function ask<Data>(query: string, variables: Record<string, string>): Promise<Data> {
  const host = readHost();
  const { body } = await requestJson(host, `${host.apiUrl}/metadata`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (body ?? {}) as Answer<Data>;
  const [error] = errors ?? [];
  // A missing permission has an internal error's code there, and only its words tell.
  if (error && (error.extensions?.code === 'FORBIDDEN' || /permission/i.test(error.message)))
    throw new NotAllowed(error.message);
  if (error) throw new TwentyRefusal(error.message);
  if (!data) throw new EngineFault('UNAVAILABLE');
  return data;
}

/**
 * Stores settings with the member's own rights, one after the other: Twenty takes one a request.
 *
 * @param onSaved after each one that is stored
 * @throws EngineFault, NotAllowed, TwentyRefusal; what was stored before stays so
 */
export async function saveVariables(
  values: ReadonlyMap<string, string>,
  onSaved: (key: string) => void,
): Promise<void> {
  const { findOneApplication } = await ask<{ findOneApplication: { id: string } }>(
    'query App($universalIdentifier: UUID!) { findOneApplication(universalIdentifier: $universalIdentifier) { id } }',
    { universalIdentifier },
  );
  for (const [key, value] of values) {
    await ask(
      'mutation SaveSetting($key: String!, $value: String!, $applicationId: UUID!) { updateOneApplicationVariable(key: $key, value: $value, applicationId: $applicationId) }',
      { key, value, applicationId: findOneApplication.id },
    );
    onSaved(key);
  }
}
