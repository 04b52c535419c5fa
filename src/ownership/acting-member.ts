import type { Locale } from '../domain/customer';

/** Who Twenty says the caller is. */
export interface ActingMember {
  memberId: string;
  name: string;
  email: string | null;
  isWorkspaceAdmin: boolean;
  locale: Locale;
}
