import { Injectable, Logger } from '@nestjs/common';
import { type CustomerObject, type CustomerRef, customerKey } from '../domain/customer/customer';
import { FieldValues, type FieldTexts } from '../twenty/records/field-values.service';
import { isTwentyError } from '../twenty/client/twenty-error';

/** By `customerKey`; customers whose fields could not be read are absent. */
export type ReadValues = Map<string, FieldTexts>;

const objects: readonly CustomerObject[] = ['COMPANY', 'PERSON'];

/** What customers show in the fields that a pool matches by. */
@Injectable()
export class LeadValues {
  private readonly logger = new Logger(LeadValues.name);

  constructor(private readonly fields: FieldValues) {}

  /** @throws TwentyError when Twenty does not answer */
  async read(refs: CustomerRef[], matchFields: string[]): Promise<ReadValues> {
    const values: ReadValues = new Map();
    if (matchFields.length === 0) return values;
    for (const object of objects) {
      const ids = refs.filter((ref) => ref.object === object).map(({ recordId }) => recordId);
      if (ids.length === 0) continue;
      try {
        const found = await this.fields.read(object, ids, matchFields, { priority: 'background' });
        for (const [recordId, texts] of found) values.set(customerKey({ object, recordId }), texts);
      } catch (error) {
        if (!isTwentyError(error, 'REJECTED') && !isTwentyError(error, 'PROTOCOL')) throw error;
        this.logger.warn(
          { object, matchFields, message: error.message },
          'Twenty has no such fields to match customers by; they stay in their pool',
        );
      }
    }
    return values;
  }
}
