import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  ValidateNested,
} from 'class-validator';
import type { Selection } from '../../bulk/selection-reader.service';
import type { SplitStrategy } from '../../domain/assignment/split-customers';
import type { CustomerObject } from '../../domain/customer/customer';
import { longest } from '../../domain/text/bounded-text';
import { ApiError } from './api-error';
import { refsOf } from './command-answers.service';
import { AreCustomerRefs, type CustomerRefInput, IsId, IsText } from './inputs';

const mostTargets = 200;

class SelectionInput {
  @IsOptional()
  @AreCustomerRefs()
  customers?: CustomerRefInput[] | null;
  @IsOptional() @IsId() allOwnedBy?: string | null;
  @IsOptional() @IsId() pooledIn?: string | null;
  @IsOptional() @IsObject() filter?: Record<string, unknown> | null;
  @IsOptional() @IsIn(['COMPANY', 'PERSON']) object?: CustomerObject | null;
}

export class ReassignInput {
  @ValidateNested() @Type(() => SelectionInput) selection!: SelectionInput;
  @IsArray() @ArrayNotEmpty() @ArrayMaxSize(mostTargets) @IsId({ each: true }) toMemberIds!: string[];
  @IsOptional() @IsIn(['ALL_TO_FIRST', 'EVENLY', 'BY_WEIGHT', 'BY_FREE_CAPACITY']) strategy?: SplitStrategy | null;
  @IsOptional() @IsText(longest.reason) reason?: string | null;
  @IsOptional() @IsBoolean() overrideCapacity?: boolean | null;
  @IsOptional() @IsBoolean() withRelated?: boolean | null;
  @IsOptional() @IsText(longest.requestId) requestId?: string | null;
}

export class ReassignArgs {
  @ValidateNested() @Type(() => ReassignInput) input!: ReassignInput;
}

export class PreviewOffboardArgs {
  @IsId() memberId!: string;
}

export class OffboardArgs extends PreviewOffboardArgs {
  @IsOptional() @IsText(longest.reason) reason?: string | null;
  @IsOptional() @IsText(longest.requestId) requestId?: string | null;
}

export class UndoArgs {
  @IsId() batchId!: string;
  @IsOptional() @IsText(200) requestId?: string | null;
}

/** @throws ApiError unless exactly one way of choosing is given */
export function selectionOf({ customers, allOwnedBy, pooledIn, filter, object }: SelectionInput): Selection {
  const [only, ...others] = [
    ...(customers ? [{ customers: refsOf(customers) }] : []),
    ...(allOwnedBy ? [{ allOwnedBy: allOwnedBy.toLowerCase(), object: object ?? null }] : []),
    ...(pooledIn ? [{ pooledIn: pooledIn.toLowerCase(), object: object ?? null }] : []),
    ...(filter ? [filtered(filter, object ?? null)] : []),
  ];
  if (!only || others.length > 0) {
    throw new ApiError(
      'BAD_USER_INPUT',
      'A selection is exactly one of customers, allOwnedBy, pooledIn and filter. selection 必须且只能包含 customers、allOwnedBy、pooledIn、filter 之一。',
    );
  }
  return only;
}

function filtered(filter: Record<string, unknown>, object: CustomerObject | null): Selection {
  if (!object)
    throw new ApiError(
      'BAD_USER_INPUT',
      'A filter needs an object, COMPANY or PERSON. 使用 filter 时必须指定 object（COMPANY 或 PERSON）。',
    );
  if (!hasCondition(filter))
    throw new ApiError(
      'BAD_USER_INPUT',
      'A filter needs at least one condition: without one it means every record. filter 至少须包含一个条件，否则等于选中全部记录。',
    );
  return { filter, object };
}

/** Whether anything is compared: `{}`, `{ and: [] }` and `{ name: {} }` leave every record in. */
function hasCondition(filter: unknown): boolean {
  if (typeof filter !== 'object' || filter === null) return filter !== undefined;
  return Object.values(filter).some(hasCondition);
}
