import { Injectable, type Provider } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Job, type JobName } from '../config/job.decorator';
import { PluginManifest } from '../config/plugin-manifest';
import { JobRegistry } from './job-registry.service';

const done: string[] = [];

@Injectable()
class Sweeping {
  private readonly what = 'swept';

  @Job('reclaim-sweep')
  async sweep(): Promise<void> {
    done.push(this.what);
  }

  async rest(): Promise<void> {
    done.push('rested');
  }
}

@Injectable()
class Cleaning {
  @Job('clean-up')
  async clean(): Promise<void> {
    throw new Error('There is dust');
  }
}

@Injectable()
class SweepingToo {
  @Job('reclaim-sweep')
  async sweep(): Promise<void> {
    done.push('swept too');
  }
}

/** Nobody else is at anything. */
const dataSource = {
  createQueryRunner: () => ({ query: async () => [{ yes: true }], release: async () => undefined }),
};

function boot(jobs: JobName[], providers: Provider[]) {
  const manifest = { jobs: jobs.map((name) => ({ name })) };
  class TestModule {}
  return NestFactory.createApplicationContext(
    {
      module: TestModule,
      imports: [DiscoveryModule],
      providers: [
        JobRegistry,
        { provide: PluginManifest, useValue: manifest },
        { provide: DataSource, useValue: dataSource },
        ...providers,
      ],
    },
    { logger: false, abortOnError: false },
  );
}

describe('JobRegistry', () => {
  beforeEach(() => void (done.length = 0));

  it('should do what the marked method does, on its own instance', async () => {
    const app = await boot(['reclaim-sweep', 'clean-up'], [Sweeping, Cleaning]);
    await app.get(JobRegistry).run('reclaim-sweep');
    expect(done).toEqual(['swept']);
    await expect(app.get(JobRegistry).run('clean-up')).rejects.toThrow('There is dust');
    await app.close();
  });

  it('should take a service that goes by two names for one', async () => {
    const app = await boot(['reclaim-sweep'], [Sweeping, { provide: 'ANOTHER_NAME', useExisting: Sweeping }]);
    await app.get(JobRegistry).run('reclaim-sweep');
    expect(done).toEqual(['swept']);
    await app.close();
  });

  it.each<[string, JobName[], Provider[], string]>([
    ['a job of plugin.json has no method', ['reclaim-sweep', 'clean-up'], [Sweeping], 'clean-up'],
    ['plugin.json does not know the job of a method', ['clean-up'], [Sweeping, Cleaning], 'reclaim-sweep'],
    ['two methods do the same job', ['reclaim-sweep'], [Sweeping, SweepingToo], 'reclaim-sweep'],
  ])('should fail the boot when %s', async (_, jobs, providers, named) => {
    await expect(boot(jobs, providers)).rejects.toMatchObject({
      code: 'JOB_REGISTRY_MISMATCH',
      message: expect.stringContaining(named) as string,
    });
  });
});
