import { CommandEntity } from './command.entity';
import { CustomerEntity } from './customer.entity';
import { MemberEntity } from './member.entity';
import { OwnershipEventEntity } from './ownership-event.entity';
import { PendingWriteEntity } from './pending-write.entity';
import { PoolMemberEntity } from './pool-member.entity';
import { PoolEntity } from './pool.entity';
import { RereadEntity } from './reread.entity';
import { SettingEntity } from './setting.entity';
import { StagedSelectionEntity } from './staged-selection.entity';
import { SyncCursorEntity } from './sync-cursor.entity';
import { WorkspaceEntity } from './workspace.entity';

export const entities = [
  CommandEntity, CustomerEntity, MemberEntity, OwnershipEventEntity, PendingWriteEntity, PoolEntity, PoolMemberEntity,
  RereadEntity, SettingEntity, StagedSelectionEntity, SyncCursorEntity, WorkspaceEntity,
];
