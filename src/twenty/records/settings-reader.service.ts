import { Injectable } from '@nestjs/common';
import { PluginManifest } from '../../config/plugin-manifest';
import { ReadSettingsDocument } from '../generated/metadata';
import { TwentyClient } from '../client/twenty-client.service';
import { isTwentyError } from '../client/twenty-error';
import type { CallOptions } from './twenty.types';

const SETTINGS_ROUTE = '/s/highseas/settings';

/** Workspace settings as Twenty stores them: text, and not checked by Twenty. */
@Injectable()
export class SettingsReader {
  constructor(
    private readonly client: TwentyClient,
    private readonly manifest: PluginManifest,
  ) {}

  /**
   * Values by key, only keys that plugin.json declares. The app's own route answers when the role lacks the flag APPLICATIONS.
   * @throws TwentyError
   */
  async read(options: CallOptions): Promise<Map<string, string>> {
    return this.declared(await this.entries(options));
  }

  private async entries(options: CallOptions): Promise<[string, unknown][]> {
    const { universalIdentifier } = this.manifest;
    try {
      const { findOneApplication } = await this.client.request(
        ReadSettingsDocument,
        { universalIdentifier },
        { ...options, endpoint: 'metadata' },
      );
      return findOneApplication.applicationVariables.map(({ key, value }) => [key, value]);
    } catch (error) {
      if (!isTwentyError(error, 'FORBIDDEN')) throw error;
      return Object.entries(await this.client.get(SETTINGS_ROUTE, options));
    }
  }

  private declared(entries: [string, unknown][]): Map<string, string> {
    const keys = new Set(this.manifest.settings.map(({ key }) => key));
    return new Map(
      entries.filter((entry): entry is [string, string] => keys.has(entry[0]) && typeof entry[1] === 'string'),
    );
  }
}
