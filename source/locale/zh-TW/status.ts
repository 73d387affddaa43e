import type { status as english } from '../en/status.ts';

/** `ferry status` 的文字。 */
export const status: Record<keyof typeof english, string> = {
  'status.length.minutes': '{minutes} 分鐘',
  'status.length.hours': '{hours} 小時 {minutes} 分鐘',
  'status.length.days': '{days} 天 {hours} 小時',
  'status.clock.behind': '這台電腦的時鐘比平台慢 {length}，判斷時以平台為準。',
  'status.clock.ahead': '這台電腦的時鐘比平台快 {length}，判斷時以平台為準。',
};
