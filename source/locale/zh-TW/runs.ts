import type { runs as english } from '../en/runs.ts';

/** 資料流清單與執行紀錄的文字。 */
export const runs: Record<keyof typeof english, string> = {
  'list.column.id': 'ID',
  'list.column.name': '名稱',
  'list.column.destination': '目的地',
  'list.column.account': '帳戶',
  'list.column.location': '儲存位置',
  'list.column.state': '狀態',
  'list.column.segments': '區段',
  'list.column.lastRun': '上次匯出',
  'list.column.next': '下次匯出',
  'list.lastRun': '{state}，{at}',
  'list.next.evaluated': '區段評估後',
  'list.flowsOnly': '{flags} 只適用於資料流清單：{form}',
  'list.unread': '無法讀取的項目以 ID 表示：',
  'runs.absent': '–',
  'runs.state.good': '成功',
  'runs.state.failed': '失敗',
  'runs.state.running': '進行中',
  'runs.state.unknown': '不明',
};
