import { objects } from '../../../../plugin.json';
import type { PluginField } from '../plugin/plugin.types';
import type { StringKey } from '../domain/strings';

// plugin.json says what a pool has, between which limits and in which words; its literals widen on import.
const declared = (name: string): PluginField[] =>
  (objects.find((object) => object.name === name)?.fields ?? []) as unknown as PluginField[];

export const poolFields = declared('customerPool');
export const membershipFields = declared('customerPoolMember');
/** Of a rule for some of a pool's customers. */
export const overrideFields = declared('reclaimRule').filter(({ type }) => type !== 'RELATION');

export interface FieldGroup {
  caption: StringKey;
  names: string[];
}

export const GROUPS: FieldGroup[] = [
  {
    caption: 'groupBasics',
    names: [
      'name',
      'isActive',
      'isDefault',
      'priority',
      'visibility',
      'claimingMode',
      'managesCompanies',
      'managesPeople',
      'routingFilter',
    ],
  },
  {
    caption: 'groupClock',
    names: [
      'firstFollowUpDays',
      'followUpDays',
      'noOpportunityDays',
      'noDealDays',
      'maxHoldDays',
      'afterDateField',
      'afterDateDays',
      'dayCounting',
      'planDefersDays',
      'wonIsExempt',
      'openOpportunityIsExempt',
      'graceDays',
      'reclaimCapPerRun',
      'reclaimCapPerOwnerPerDay',
    ],
  },
  {
    caption: 'groupReminders',
    names: ['reminderLeadDays', 'escalateAtDays', 'extensionDays', 'extensionsWithoutApproval', 'approvalDays'],
  },
  {
    caption: 'groupClaiming',
    names: [
      'holdingCapacity',
      'wonCountsTowardsCapacity',
      'claimLimit',
      'claimLimitPeriod',
      'claimIntervalMinutes',
      'backlogLimit',
      'cooldownDays',
      'embargoDays',
      'duplicatePolicy',
      'claimOnActivity',
    ],
  },
  {
    caption: 'groupReturning',
    names: ['releaseReasonRequired', 'unclaimedDays', 'untouchedDays', 'staleDays', 'staleAction', 'maxReturns'],
  },
  {
    caption: 'groupAssigning',
    names: [
      'autoAssign',
      'autoAssignWhen',
      'autoAssignSchedule',
      'matchFields',
      'priorContactFirst',
      'newcomerFloorPercent',
    ],
  },
];
