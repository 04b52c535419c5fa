import { Injectable } from '@nestjs/common';
import { PluginManifest } from '../../config/plugin-manifest';
import { CurrentWorkspaceDocument, FindApplicationDocument } from '../generated/metadata';
import { tokenClaims } from '../client/token-claims';
import { TwentyAuth } from '../client/twenty-auth.service';
import { TwentyClient } from '../client/twenty-client.service';
import { isTwentyError } from '../client/twenty-error';
import type { CallOptions } from './twenty.types';

export interface WorkspaceDescription {
  workspaceId: string;
  /** The installed app; null when an API key may not see applications. */
  applicationId: string | null;
}

/** The workspace the engine itself is signed in to. */
@Injectable()
export class Workspace {
  constructor(
    private readonly auth: TwentyAuth,
    private readonly client: TwentyClient,
    private readonly manifest: PluginManifest,
  ) {}

  /** @throws TwentyError */
  async describe(options: CallOptions): Promise<WorkspaceDescription> {
    const claims = tokenClaims(await this.auth.token());
    return {
      workspaceId: claims?.workspaceId ?? (await this.currentWorkspaceId(options)),
      applicationId: claims?.applicationId ?? (await this.installedApplicationId(options)),
    };
  }

  /** A call that Twenty has to answer to the engine itself. @throws TwentyError */
  async reach(options: CallOptions): Promise<void> {
    await this.currentWorkspaceId(options);
  }

  private async currentWorkspaceId(options: CallOptions): Promise<string> {
    const { currentWorkspace } = await this.client.request(
      CurrentWorkspaceDocument,
      {},
      { ...options, endpoint: 'metadata' },
    );
    return currentWorkspace.id;
  }

  private async installedApplicationId(options: CallOptions): Promise<string | null> {
    const { universalIdentifier } = this.manifest;
    try {
      const { findOneApplication } = await this.client.request(
        FindApplicationDocument,
        { universalIdentifier },
        { ...options, endpoint: 'metadata' },
      );
      return findOneApplication.id;
    } catch (error) {
      if (isTwentyError(error, 'FORBIDDEN')) return null;
      throw error;
    }
  }
}
