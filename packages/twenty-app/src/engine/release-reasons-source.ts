import { parseReleaseReasons, type ReleaseReason } from '../domain/release-reasons';
import type { Locale } from '../domain/strings';
import type { Host } from './host';
import { requestJson } from './http';

/** The reasons that the workspace offers, from the app's settings route; none when it cannot be read, as a note will do. */
export async function readReleaseReasons(host: Host, locale: Locale): Promise<ReleaseReason[]> {
  try {
    const { body } = await requestJson(host, `${host.functionsUrl}/highseas/settings`);
    const setting =
      typeof body === 'object' && body !== null ? (body as Record<string, unknown>).RELEASE_REASONS : undefined;
    return parseReleaseReasons(setting, locale);
  } catch {
    return [];
  }
}
