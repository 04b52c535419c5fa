export interface Webhook {
  id: string;
  targetUrl: string;
  operations: string[];
  description: string | null;
  secret: string;
  /** The workspace's own application, whoever made the webhook. */
  applicationId: string;
  createdAt: string;
  updatedAt: string;
  deletedAt: string | null;
}
