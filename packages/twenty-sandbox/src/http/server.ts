import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { SandboxServices } from '../sandbox-services';
import { handleMetadata, handleRecords } from './graphql-handlers';
import { BadRequest, restError, type SandboxRequest, type SandboxResponse } from './http-types';
import { LOGIC_FUNCTIONS, runLogicFunction } from './logic-function-runner';
import { handleLogicFunction } from './logic-functions';
import { handleOauthToken } from './oauth';
import { handleSandboxRoute } from './sandbox-routes';
import { workspaceFile } from './workspace-files';
import { handleWorkspaceRoute } from './workspace-routes';

const MAX_BODY_BYTES = 20 * 1024 * 1024;
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type, x-locale',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
};

/** The HTTP face of the sandbox: Twenty's paths, faults where they are switched on, and `/sandbox/*`. */
export function createSandboxServer(services: SandboxServices): Server {
  return createServer((incoming, outgoing) => {
    // Twenty's clock, as whoever asks sees it.
    outgoing.setHeader('date', services.clock.date().toUTCString());
    serve(incoming, outgoing, services).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      answer(
        outgoing,
        error instanceof BadRequest
          ? restError(400, 'BadRequestException', message)
          : restError(500, 'InternalServerError', message),
      );
    });
  });
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, services: SandboxServices): Promise<void> {
  const path = (incoming.url ?? '/').split('?')[0] ?? '/';
  const method = incoming.method ?? 'GET';
  if (method === 'OPTIONS') return answer(outgoing, { status: 204, body: undefined });
  const raw = await readBody(incoming);
  const request: SandboxRequest = { method, path, headers: incoming.headers, body: raw.toString('utf8'), raw };
  const handler = twentyHandler(request);
  if (!handler) {
    return answer(outgoing, await ownRoute(request, services));
  }
  const fault = services.faults.next(`${path} ${request.body}`);
  if (services.faults.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, services.faults.latencyMs));
  if (fault.kind === 'HANG') return;
  if (fault.kind === 'ERROR')
    return answer(outgoing, restError(fault.statusCode, 'InternalServerError', 'Fault switched on in the sandbox'));
  const response = await handler(request, services);
  if (fault.kind === 'DO_AND_HANG') {
    if (fault.lateMs === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, fault.lateMs));
  }
  answer(outgoing, response);
}

type Handler = (request: SandboxRequest, services: SandboxServices) => SandboxResponse | Promise<SandboxResponse>;

function twentyHandler(request: SandboxRequest): Handler | undefined {
  if (request.method !== 'POST') return undefined;
  switch (request.path) {
    case '/graphql':
      return handleRecords;
    case '/metadata':
      return handleMetadata;
    case '/oauth/token':
      return handleOauthToken;
    default:
      return undefined;
  }
}

async function ownRoute(request: SandboxRequest, services: SandboxServices): Promise<SandboxResponse> {
  if (!request.path.startsWith('/sandbox/')) return plainRoute(request, services);
  if (request.method === 'POST' && request.path.startsWith(LOGIC_FUNCTIONS)) return runLogicFunction(request, services);
  return (await handleWorkspaceRoute(request, services)) ?? handleSandboxRoute(request, services);
}

function plainRoute(request: SandboxRequest, services: SandboxServices): SandboxResponse {
  if (request.path === '/healthz') return { status: 200, body: { status: 'ok', info: {}, error: {}, details: {} } };
  if (request.path.startsWith('/s/')) return handleLogicFunction(request, services);
  const file = request.method === 'GET' ? workspaceFile(request.path) : undefined;
  return file ?? restError(404, 'NotFoundException', `Cannot ${request.method} ${request.path}`);
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new BadRequest('Body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function answer(outgoing: ServerResponse, { status, body, contentType }: SandboxResponse): void {
  if (outgoing.headersSent || outgoing.destroyed) return;
  outgoing.writeHead(status, { 'content-type': contentType ?? 'application/json; charset=utf-8', ...CORS });
  if (contentType !== undefined) return void outgoing.end(body);
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
}
