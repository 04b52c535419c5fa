/** What Twenty gives a front component: addresses and a token of half an hour. */
export interface Host {
  /** Base of Twenty's own API. */
  apiUrl: string;
  /** Base of the routes of logic functions. */
  functionsUrl: string;
  token: string;
  /** Asks Twenty for a fresh token; absent where the host cannot. */
  refreshToken?: () => Promise<string>;
  fetch: typeof fetch;
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '');

export function readHost(): Host {
  const apiUrl = withoutSlash(process.env.TWENTY_API_URL ?? '');
  const functionsUrl = process.env.TWENTY_FUNCTIONS_URL
    ? withoutSlash(process.env.TWENTY_FUNCTIONS_URL)
    : `${apiUrl}/s`;
  const refreshToken = globalThis.frontComponentHostCommunicationApi?.requestAccessTokenRefresh;
  return {
    apiUrl,
    functionsUrl,
    token: process.env.TWENTY_APP_ACCESS_TOKEN ?? '',
    ...(refreshToken && { refreshToken }),
    fetch: (input, init) => fetch(input, init),
  };
}
