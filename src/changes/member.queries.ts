import { In, type EntityManager } from 'typeorm';
import { MemberEntity } from '../storage/entities/member.entity';

/** Names by member id; ids that are null or unknown are absent. */
export async function memberNames(manager: EntityManager, ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const members = await manager.find(MemberEntity, { where: { id: In(wanted) }, select: { id: true, name: true } });
  return new Map(members.map(({ id, name }) => [id, name]));
}
