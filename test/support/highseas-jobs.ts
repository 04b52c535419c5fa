import type { EngineClient, OutcomeAnswer } from './engine-client';
import { eventually } from './highseas-eventually';

export interface JobAnswer {
  id: string;
  kind: string;
  status: string;
  total: number;
  processed: number;
  done: number;
  refused: number;
  refusals: OutcomeAnswer[];
  finishedAt: string | null;
  undoableUntil: string | null;
}

export interface PreviewAnswer {
  total: number;
  perMember: { member: { id: string }; receives: number; ownsNow: number; limit: number | null }[];
  refusals: { code: string; count: number }[];
}

const job =
  'id kind status total processed done refused finishedAt undoableUntil refusals { object recordId status refusal { code message } }';

/** Bulk operations at the engine's GraphQL API. */
export class JobsClient {
  constructor(private readonly client: EngineClient) {}

  async preview(input: Record<string, unknown>): Promise<PreviewAnswer> {
    const query = `query($input: ReassignInput!) { previewReassign(input: $input) { total perMember { member { id } receives ownsNow limit } refusals { code count } } }`;
    return (await this.client.must(query, { input }))['previewReassign'] as PreviewAnswer;
  }

  async reassign(input: Record<string, unknown>): Promise<JobAnswer> {
    return (
      await this.client.must(`mutation($input: ReassignInput!) { reassign(input: $input) { ${job} } }`, { input })
    )['reassign'] as JobAnswer;
  }

  async undo(batchId: string): Promise<JobAnswer> {
    return (await this.client.must(`mutation($batchId: ID!) { undo(batchId: $batchId) { ${job} } }`, { batchId }))[
      'undo'
    ] as JobAnswer;
  }

  async cancel(id: string): Promise<JobAnswer> {
    return (await this.client.must(`mutation($id: ID!) { cancelJob(id: $id) { ${job} } }`, { id }))[
      'cancelJob'
    ] as JobAnswer;
  }

  async get(id: string): Promise<JobAnswer | null> {
    return (await this.client.must(`query($id: ID!) { job(id: $id) { ${job} } }`, { id }))['job'] as JobAnswer | null;
  }

  /** As soon as everything that it decided is settled. */
  async finished(id: string, withinMs = 60_000): Promise<JobAnswer> {
    return eventually(
      async () => {
        const answer = await this.get(id);
        if (!answer?.finishedAt) throw new Error(`The job is ${JSON.stringify({ ...answer, refusals: [] })}`);
        return answer;
      },
      { withinMs, everyMs: 200 },
    );
  }
}
