import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Job, type JobName } from '../config/job.decorator';
import { PluginManifest } from '../config/plugin-manifest';
import { whenAlone } from '../storage/exclusive';

/** A job without a handler, or with two, or a handler without a job. */
export class JobRegistryError extends Error {
  readonly code = 'JOB_REGISTRY_MISMATCH';
  readonly retryable = false;
}

type Handler = () => Promise<unknown>;

/** What each job does: found where `@Job` says so. */
@Injectable()
export class JobRegistry implements OnModuleInit {
  private readonly handlers = new Map<JobName, Handler>();

  constructor(
    private readonly manifest: PluginManifest,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws JobRegistryError */
  onModuleInit(): void {
    for (const [name, handler] of this.found()) {
      if (this.handlers.has(name)) throw new JobRegistryError(`Two methods do the job ${name}`);
      this.handlers.set(name, handler);
    }
    const declared = new Set(this.manifest.jobs.map(({ name }) => name));
    const differing = [
      ...[...declared].filter((name) => !this.handlers.has(name)),
      ...[...this.handlers.keys()].filter((name) => !declared.has(name)),
    ];
    if (differing.length > 0)
      throw new JobRegistryError(`plugin.json and the engine differ about jobs: ${differing.join(', ')}`);
  }

  /**
   * One at a time, whichever instances are asked: a job that takes long is not joined by its next turns.
   * @returns false when it is being done already
   * @throws whatever the job's work throws; the queue tries again at the job's next turn
   */
  async run(name: JobName): Promise<boolean> {
    const handler = this.handlers.get(name);
    if (!handler) throw new JobRegistryError(`There is no job ${name}`);
    const done = await whenAlone(this.dataSource, `job ${name}`, async () => {
      await handler();
      return true;
    });
    return done ?? false;
  }

  private found(): [JobName, Handler][] {
    return this.discovery.getProviders().flatMap((wrapper): [JobName, Handler][] => {
      const instance: unknown = wrapper.instance;
      if (typeof instance !== 'object' || instance === null || wrapper.isAlias) return [];
      return this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object).flatMap((method) => {
        const name = this.discovery.getMetadataByDecorator(Job, wrapper, method);
        return name === undefined ? [] : [[name, () => (instance as Record<string, Handler>)[method]!()]];
      });
    });
  }
}
