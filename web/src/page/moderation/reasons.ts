import type { ReportReason } from '../../client';

export const REASONS: Record<ReportReason, string> = {
  spam: 'Spam or advertising',
  abuse: 'Insult, threat or harassment',
  illegal: 'Against the law',
  other: 'Something else',
};
