import type { SandboxServices } from '../sandbox-services';
import { TOKEN_LIFETIME_SECONDS } from '../auth/token-service';
import { jsonBody, type SandboxRequest, type SandboxResponse } from './http-types';

const refuse = (status: number, error: string, description: string): SandboxResponse => ({
  status,
  body: { error, error_description: description },
});

/** POST /oauth/token with client credentials, as JSON or as a form. */
export function handleOauthToken(request: SandboxRequest, services: SandboxServices): SandboxResponse {
  const isForm = (request.headers['content-type'] ?? '').includes('x-www-form-urlencoded');
  const body: Record<string, unknown> = isForm
    ? Object.fromEntries(new URLSearchParams(request.body))
    : jsonBody(request);
  if (body.grant_type !== 'client_credentials') {
    return refuse(
      400,
      'unsupported_grant_type',
      'The provided grant_type is not supported. Supported values: authorization_code, client_credentials, refresh_token',
    );
  }
  const registration = services.registrations.findByClientId(String(body.client_id ?? ''));
  if (!registration) return refuse(401, 'invalid_client', 'Client not found');
  if (registration.clientSecret !== body.client_secret) return refuse(401, 'invalid_client', 'Invalid client secret');
  const { main } = services;
  const application = main.applications.get(registration.universalIdentifier);
  if (!application) {
    return refuse(
      400,
      'server_error',
      'No workspace installation found for this client. Install the app in a workspace first.',
    );
  }
  const token = services.tokens.sign({
    type: 'APPLICATION_ACCESS',
    sub: application.id,
    applicationId: application.id,
    workspaceId: main.id,
  });
  return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: TOKEN_LIFETIME_SECONDS } };
}
