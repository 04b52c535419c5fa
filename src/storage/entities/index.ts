import { ActivityEntity } from './activity.entity';
import { AssignmentStayEntity } from './assignment-stay.entity';
import { AssignmentTurnEntity } from './assignment-turn.entity';
import { CommandEntity } from './command.entity';
import { CustomerEntity } from './customer.entity';
import { FollowUpEntity } from './follow-up.entity';
import { HoldEntity } from './hold.entity';
import { OperationEntity } from './operation.entity';
import { OperationItemEntity } from './operation-item.entity';
import { MemberEntity } from './member.entity';
import { MemberLeaveEntity } from './member-leave.entity';
import { OpportunityEntity } from './opportunity.entity';
import { OwnershipEventEntity } from './ownership-event.entity';
import { PendingWriteEntity } from './pending-write.entity';
import { PlanEntity } from './plan.entity';
import { PolicyVersionEntity } from './policy-version.entity';
import { PoolEntity } from './pool.entity';
import { PoolMemberEntity } from './pool-member.entity';
import { ReclaimOverrideEntity } from './reclaim-override.entity';
import { ReminderEntity } from './reminder.entity';
import { ReminderDigestEntity } from './reminder-digest.entity';
import { ReminderNoticeEntity } from './reminder-notice.entity';
import { RereadEntity } from './reread.entity';
import { SettingEntity } from './setting.entity';
import { StagedSelectionEntity } from './staged-selection.entity';
import { SyncCursorEntity } from './sync-cursor.entity';
import { WorkspaceEntity } from './workspace.entity';

export const entities = [
  ActivityEntity,
  AssignmentStayEntity,
  AssignmentTurnEntity,
  CommandEntity,
  CustomerEntity,
  FollowUpEntity,
  HoldEntity,
  OperationEntity,
  OperationItemEntity,
  MemberEntity,
  MemberLeaveEntity,
  OpportunityEntity,
  OwnershipEventEntity,
  PendingWriteEntity,
  PlanEntity,
  PolicyVersionEntity,
  PoolEntity,
  PoolMemberEntity,
  ReclaimOverrideEntity,
  ReminderEntity,
  ReminderDigestEntity,
  ReminderNoticeEntity,
  RereadEntity,
  SettingEntity,
  StagedSelectionEntity,
  SyncCursorEntity,
  WorkspaceEntity,
];
