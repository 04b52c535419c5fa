import { userActor } from '../auth/caller-resolver';
import type { SeededRandom } from '../random';
import type { Actor } from '../records/record.types';
import type { Workspace } from '../workspace';
import { SYSTEM_ACTOR } from '../workspace';
import type { SampleMember } from './sample-members';

const DAY_MS = 86_400_000;

/** What the parts of the sample share. Times count back from the start of the sandbox's day, so the sample is never stale. */
export class SampleContext {
  private readonly today: number;

  constructor(
    readonly workspace: Workspace,
    readonly random: SeededRandom,
    readonly members: readonly SampleMember[],
  ) {
    this.today = Math.floor(workspace.clock.now() / DAY_MS) * DAY_MS;
  }

  /** A moment of the working day, so many days back; negative for days ahead. */
  daysAgo(days: number): string {
    const time = this.today - days * DAY_MS + (days > 0 ? this.random.integer(1, 9 * 3600) * 1000 : 0);
    return new Date(Math.min(time, days >= 0 ? this.today : time)).toISOString();
  }

  /** Created so many days back and last touched within ninety days, never before it was created. */
  stamps(createdDaysAgo: number): { createdAt: string; updatedAt: string } {
    const createdAt = this.daysAgo(createdDaysAgo);
    const touchedAt = this.daysAgo(this.random.integer(0, Math.min(createdDaysAgo, 90)));
    return { createdAt, updatedAt: touchedAt > createdAt ? touchedAt : createdAt };
  }

  anyMember(): string {
    const { email } = this.random.pick(this.members);
    return this.workspace.userByEmail(email)?.workspaceMemberId ?? '';
  }

  actorOf(memberId: string | null): Actor {
    const user = memberId === null ? undefined : this.workspace.userByMember(memberId);
    const member = user && this.workspace.member(user);
    return user && member ? userActor(user, member) : SYSTEM_ACTOR;
  }
}
