import { STANDARD_ROLES } from '../auth/role';
import { SeededRandom } from '../random';
import type { Workspace } from '../workspace';
import { addSampleActivities } from './sample-activities';
import { addSampleCompanies } from './sample-companies';
import { SampleContext } from './sample-context';
import { SAMPLE_MEMBERS } from './sample-members';
import { addSamplePeople } from './sample-people';

/** The people of the workspace; they exist with and without sample records. */
export function addMembers(workspace: Workspace): void {
  const createdAt = new Date(workspace.clock.now() - 730 * 86_400_000).toISOString();
  for (const { email, firstName, lastName, role, locale, timeZone } of SAMPLE_MEMBERS) {
    workspace.addMember({
      email,
      firstName,
      lastName,
      locale,
      timeZone,
      createdAt,
      role: role === 'admin' ? STANDARD_ROLES.admin : STANDARD_ROLES.member,
    });
  }
}

/** A lived-in workspace, the same for the same seed. Pool fields of customers stay empty: adopting them is the engine's work. */
export function addSampleRecords(workspace: Workspace, seed: number): void {
  const context = new SampleContext(workspace, new SeededRandom(seed), SAMPLE_MEMBERS);
  const companies = addSampleCompanies(context);
  const people = addSamplePeople(context, companies);
  addSampleActivities(context, companies, people);
}
