import { LaunchError } from './log.mjs';

const TIMEOUT_MS = 120_000;

/** @typedef {{ id: string, version: string | null, applicationVariables?: { key: string, value: string }[] }} InstalledApp */

/**
 * The part of Twenty's metadata API that installing an app takes, as an admin.
 * Every call throws LaunchError with what Twenty says; nothing it says or is told is logged here.
 */
export class TwentyAdmin {
  /**
   * @param {string} url address of Twenty
   * @param {string} token API key or access token of an admin
   */
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  /**
   * Signs an admin in by password, for those who have no API key.
   * @param {string} url
   * @param {{ email: string, password: string }} credentials
   */
  static async signIn(url, { email, password }) {
    const anonymous = new TwentyAdmin(url, '');
    const login = await anonymous.metadata(
      'mutation SignIn($email: String!, $password: String!, $origin: String!) { getLoginTokenFromCredentials(email: $email, password: $password, origin: $origin) { loginToken { token } } }',
      { email, password, origin: url },
    );
    const session = await anonymous.metadata(
      'mutation Tokens($loginToken: String!, $origin: String!) { getAuthTokensFromLoginToken(loginToken: $loginToken, origin: $origin) { tokens { accessOrWorkspaceAgnosticToken { token } } } }',
      { loginToken: login.getLoginTokenFromCredentials.loginToken.token, origin: url },
    );
    return new TwentyAdmin(url, session.getAuthTokensFromLoginToken.tokens.accessOrWorkspaceAgnosticToken.token);
  }

  /**
   * @param {string} universalIdentifier
   * @returns {Promise<InstalledApp | undefined>}
   */
  async installedApp(universalIdentifier) {
    const { findManyApplications } = await this.metadata(
      'query InstalledApps { findManyApplications { id universalIdentifier version } }',
    );
    return findManyApplications.find(
      (/** @type {{ universalIdentifier: string }} */ app) => app.universalIdentifier === universalIdentifier,
    );
  }

  /** @param {Buffer} tarball */
  async upload(tarball) {
    const form = new FormData();
    const query = 'mutation UploadApp($file: Upload!) { uploadAppTarball(file: $file) { id universalIdentifier } }';
    form.append('operations', JSON.stringify({ query, variables: { file: null } }));
    form.append('map', JSON.stringify({ 0: ['variables.file'] }));
    form.append('0', new Blob([new Uint8Array(tarball)], { type: 'application/gzip' }), 'app.tar.gz');
    await this.#post('/metadata', form, {});
  }

  /** @param {string} universalIdentifier */
  async install(universalIdentifier) {
    await this.metadata(
      'mutation InstallApp($universalIdentifier: String!) { installApplication(universalIdentifier: $universalIdentifier) { id } }',
      { universalIdentifier },
    );
  }

  /** @param {unknown} manifest */
  async syncManifest(manifest) {
    await this.metadata(
      'mutation SyncApp($manifest: JSON!) { syncApplication(manifest: $manifest) { applicationUniversalIdentifier } }',
      { manifest },
    );
  }

  /**
   * @param {string} applicationId
   * @param {string} key
   * @param {string} value
   */
  async setVariable(applicationId, key, value) {
    await this.metadata(
      'mutation SetVariable($applicationId: UUID!, $key: String!, $value: String!) { updateOneApplicationVariable(applicationId: $applicationId, key: $key, value: $value) }',
      { applicationId, key, value },
    );
  }

  /**
   * A new secret for the app's client; the former one stops working.
   * @param {string} universalIdentifier
   * @returns {Promise<{ clientId: string, clientSecret: string }>}
   */
  async newCredentials(universalIdentifier) {
    const { findApplicationRegistrationByUniversalIdentifier: registration } = await this.metadata(
      'query Registration($universalIdentifier: String!) { findApplicationRegistrationByUniversalIdentifier(universalIdentifier: $universalIdentifier) { id oAuthClientId } }',
      { universalIdentifier },
    );
    if (!registration)
      throw new LaunchError(
        'Twenty knows no registration of the app; uninstall it there and run the installation again.',
      );
    const { rotateApplicationRegistrationClientSecret: rotated } = await this.metadata(
      'mutation NewSecret($id: String!) { rotateApplicationRegistrationClientSecret(id: $id) { clientSecret } }',
      {
        id: registration.id,
      },
    );
    return { clientId: registration.oAuthClientId, clientSecret: rotated.clientSecret };
  }

  /** @returns {Promise<boolean>} whether there is a default pool */
  async hasDefaultPool() {
    const { customerPools } = await this.#graphql(
      '/graphql',
      'query DefaultPool { customerPools(filter: { isDefault: { eq: true } }, first: 1) { edges { node { id } } } }',
      {},
    );
    return customerPools.edges.length > 0;
  }

  /** @param {string} name */
  async createDefaultPool(name) {
    await this.#graphql(
      '/graphql',
      'mutation CreateDefaultPool($data: CustomerPoolCreateInput!) { createCustomerPool(data: $data) { id } }',
      {
        data: { name, isDefault: true, isActive: true },
      },
    );
  }

  /**
   * @param {string} query
   * @param {Record<string, unknown>} [variables]
   */
  metadata(query, variables = {}) {
    return this.#graphql('/metadata', query, variables);
  }

  /**
   * @param {string} path
   * @param {string} query
   * @param {Record<string, unknown>} variables
   */
  #graphql(path, query, variables) {
    return this.#post(path, JSON.stringify({ query, variables }), { 'content-type': 'application/json' });
  }

  /**
   * @param {string} path
   * @param {string | FormData} body
   * @param {Record<string, string>} headers
   */
  async #post(path, body, headers) {
    /** @type {Response} */
    let response;
    try {
      response = await fetch(`${this.url}${path}`, {
        method: 'POST',
        headers: { ...headers, ...(this.token && { authorization: `Bearer ${this.token}` }) },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      throw new LaunchError(
        `Twenty at ${this.url} cannot be reached (${error instanceof Error ? error.message : 'network error'}).`,
      );
    }
    const answer = /** @type {{ data?: any, errors?: { message: string }[] } | undefined} */ (
      await response.json().catch(() => undefined)
    );
    const message = answer?.errors?.[0]?.message;
    if (message) throw new LaunchError(`Twenty refused: ${message}`);
    if (!response.ok || !answer?.data)
      throw new LaunchError(
        `Twenty at ${this.url} answered ${response.status} without data; is it the address of Twenty itself?`,
      );
    return answer.data;
  }
}
