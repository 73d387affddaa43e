import type { dialogue as english } from '../en/dialogue.ts';

/** The wizard in plain lines: one question after the other, read from top to bottom. */
export const dialogue = {
  'dialogue.intro': 'ferry 純文字模式：一次問一題，輸入回答後按 Enter。',
  'dialogue.commands': '也可以輸入 ":b" 返回、":?" 查看說明、":q" 離開。',
  'dialogue.step': '步驟 {step}/{count}：{name}',
  'dialogue.hint': '{label}，{hint}',
  'dialogue.number': '編號或名稱：',
  'dialogue.numberDefault': '編號或名稱（按 Enter 選擇 {label}）：',
  'dialogue.notOneOf': '沒有這個選項。請輸入 1 到 {most} 的編號，或名稱的一部分。',
  'dialogue.noLine': '請輸入 1 到 {most} 的編號。',
  'dialogue.ambiguous': '「{said}」符合多個選項：{names}。請多輸入幾個字，或改用編號。',
  'dialogue.similar': '沒有名為「{said}」的項目。相近的有：{names}。請輸入正確的名稱或編號。',
  'dialogue.cannot': '無法選擇「{label}」。{why}',
  'dialogue.notChoosable': '{label}（無法選擇）',
  'dialogue.firstQuestion': '這是第一個問題。',
  'dialogue.leave': '{warning}再輸入一次 ":q" 離開，或按 Enter 留下：',
  'dialogue.loading': '正在向平台查詢，可能需要一些時間。',
  'dialogue.retry': '按 Enter 重試，或輸入 ":b" 返回、":q" 離開：',

  // Choosing many.
  'dialogue.search': '輸入要搜尋的文字，或按 Enter 列出全部：',
  'dialogue.many': '輸入編號或要搜尋的文字，或按 Enter 繼續：',
  'dialogue.manyHint':
    '輸入編號可選取或取消選取，"1 3-5" 一次選多個；":m" 列出更多、":s" 列出已選、":a" 選取所有相符項目、"/2024" 搜尋名稱中的數字。',
  'dialogue.filterHint': '":f" 可篩選和排序；輸入 ID 或完整名稱（以逗號分隔）可全部選取。',
  'dialogue.orderHint': '欄的順序就是選取的順序；輸入 ":o 3 1" 可將第 3 欄移到第 1 欄。',
  'dialogue.columns': '輸入編號以重新命名該欄，或按 Enter 繼續：',
  'dialogue.columnName': '新名稱（按 Enter 保留原名稱）：',
  'dialogue.columnsHint':
    '":o 3 1" 將第 3 欄移到第 1 欄、":m 3" 設為強制、":k 3" 設為索引鍵、":x 3" 移除、":s 3" 更換陣列的取法；":i" 加入身分、":a" 加入陣列。',
  'dialogue.order': '順序：{names}',
  'dialogue.badOrder': '請輸入 ":o" 加兩個編號（1 到 {most}），例如 ":o 3 1"。',
  'dialogue.shown': '第 {first}–{last} 項，共 {total} 項',
  'dialogue.nothing': '沒有項目符合「{query}」。',
  'dialogue.selected': '已選取：{name}',
  'dialogue.deselected': '已取消選取：{name}',
  'dialogue.selectedMark': '{label}，已選取',
  'dialogue.noMore': '已全部列出。',
  'dialogue.noNumber': '上方清單中沒有 {number}。',

  // Fields.
  'dialogue.field': '{label}：',
  'dialogue.fieldOptional': '{label}（選填）：',
  'dialogue.optional': '{label}（選填）',
  'dialogue.fieldDefault': '{label}（按 Enter 沿用 {value}）：',
  'dialogue.fieldClear': '輸入 ":c" 可清空。',
  'dialogue.secret': '{label}（不會顯示）：',
  'dialogue.secretKept': '{label}（不會顯示；按 Enter 沿用先前的輸入）：',
  'dialogue.linesEnd': '請直接貼上完整內容；讀到金鑰的 END 行就結束，或另起一行輸入 "." 結束。',
  'dialogue.secretTaken': '已收到 {characters} 個字元。',
  'dialogue.linesTaken': '已收到 {lines} 行，共 {characters} 個字元。',
  'dialogue.completion': '輸入 ":+" 可自動完成為 {completed}',

  // Settings of segments, review, proof.
  'dialogue.settings': '按 Enter 繼續，或輸入要變更的行號（"2 3" 一次變更多行）：',
  'dialogue.review': '輸入行號可變更該行，輸入 "1" 套用計畫：',
  'dialogue.reviewCompare': '輸入行號可變更該行，輸入 "1" 讀回並核對：',
  'dialogue.reviewBlocked': '輸入行號可變更該行：',
  'dialogue.reviewHint': '輸入 ":s" 儲存計畫、":f 12" 自動修正第 12 行。',
  'dialogue.warning': '警告：{said}',
  'dialogue.note': '提醒：{said}',
  'dialogue.problem': '問題：{said}',
  'dialogue.canFix': '（":f {number}" 可修正：{fact}）',
  'dialogue.noFix': '第 {number} 行無法自動修正。',
  'dialogue.yesNo': '{question}請輸入 y（{yes}）或 n（{no}）：',
  'dialogue.typeName': '{question} > ',
  'dialogue.applied': '完成：{what}（{time}）',
  'dialogue.appliedFailed': '失敗：{what}',
  'dialogue.again': '{what}：{how}',
  'dialogue.end': '按 Enter 結束，或輸入 ":b" 返回：',
  'dialogue.differs':
    '輸入 ":a" 重新送出差異、":r" 將兩者儲存為報告、":d" 列出每一項，或按 Enter 儲存計畫並結束：',
  'dialogue.differsToFlows':
    '輸入 ":a" 重新送出差異、":r" 將兩者儲存為報告、":d" 列出每一項，或按 Enter 回到資料流清單：',
  'dialogue.finishToFlows': '按 Enter 回到資料流清單，或輸入 ":d" 列出每一項：',
  'dialogue.finish': '按 Enter 儲存計畫並結束，或輸入 ":d" 列出每一項：',
} as const satisfies Record<keyof typeof english, string>;
