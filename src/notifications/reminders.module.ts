import { Module } from '@nestjs/common';
import { PoolsModule } from '../pools/pools.module';
import { DigestMaker } from './digest-maker.service';
import { DigestTeller } from './digest-teller.service';
import { ReminderService } from './reminder.service';
import { WebhookSender } from './webhook-sender.service';

@Module({
  imports: [PoolsModule],
  providers: [DigestMaker, DigestTeller, ReminderService, WebhookSender],
  exports: [ReminderService],
})
export class RemindersModule {}
