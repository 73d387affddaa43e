import type { HelpPages, ManWords } from '../en/help.ts';

/** Options of every command, below the help of each. */
export const commonHelp = `
共用選項
  --emulator            使用內嵌模擬器：資料不會離開這台電腦
  --api-url URL         平台的位址（FERRY_API_URL）
  --sandbox NAME        要使用的沙箱（FERRY_SANDBOX）
  --profile NAME        使用此名稱的登入設定檔（ferry login NAME）
  --json                stdout 只輸出 JSON：一份文件，或每個事件一行
  --no-input            完全不詢問
  --yes                 所有確認一律回答「是」，生產沙箱亦然
  --read-only           只送出 GET
  --lang en|zh-TW       語言
  --accessible          以逐行純文字取代全螢幕畫面
  --no-color            不使用色彩（NO_COLOR）
  --help, --version`;

/** What `--help` says of each command, with examples; a Chinese character counts as two columns. */
export const help = {
  wizard: `ferry：將 Adobe Experience Platform 的區段（對象）送到批次目的地。

  ferry                        啟動精靈
  ferry --emulator             啟動精靈，使用內嵌模擬器
  ferry PLAN                   以計畫開啟精靈
  ferry FLOW                   以現有的資料流（ID 或名稱）開啟精靈
  ferry apply PLAN             建立、啟用、讀回、比對
  ferry pull FLOW [FILE]       將現有的資料流寫成計畫
  ferry diff PLAN|FOLDER       以文字說明 apply 會變更什麼
  ferry validate PLAN --flow ID   將現有的資料流與計畫比對
  ferry export FLOW            立即匯出區段
  ferry storage check PLAN     查看檔案要送往的儲存空間：能否連線、開啟、寫入
  ferry storage sample PLAN    寫入與匯出相同的檔案，內含虛構資料；--remove 可移除
  ferry storage files PLAN|FLOW   列出已送達的檔案，並與欄、資訊清單及執行紀錄比對
  ferry enable|disable|delete FLOW   啟用、停用、刪除資料流
  ferry account update ID      更換帳戶的認證
  ferry plan check PLAN        結構描述、規則和提醒，不需要網路
  ferry plan show PLAN         摘要；--requests 輸出 JSON，--curl 輸出 shell 指令碼
  ferry plan new [FILE] · ferry plan diff A B · ferry plan copy PLAN · ferry plan schema
  ferry plan upgrade PLAN      將舊版卡片的計畫改為同類的新版卡片
  ferry list destinations|segments|attributes|sandboxes|flows|landing-zone
  ferry runs [FLOW]            匯出紀錄：開始時間、結果、失敗的原因
  ferry status [FLOW…]         哪些匯出失敗、逾時或缺漏：也可用於 cron 與監控
  ferry history · ferry resume [RUN] · ferry rollback [RUN]   先前的作業：列出、繼續完成、復原
  ferry work                   套用佇列中的計畫：ferry apply FOLDER --queue（docs/team.md）
  ferry state check|migrate|copy|receipt   多部電腦共用的狀態（docs/team.md）
  ferry login [PROFILE] · ferry logout · ferry whoami         您的組織，以及您在其中的權限
  ferry emulator               單獨執行模擬器
  ferry completion bash|zsh|fish   產生 shell 的自動完成指令碼
  ferry --restricted           供 sshd 帳戶使用的主控台（docs/ssh-console.md）

  --guide               在問題旁說明每個步驟，並儲存不含機密的引導紀錄
  --presenter           同 --guide，並放大標題供簡報使用（Ctrl+P 切換）

--restricted 的選項（由管理者設定）
  --allow RIGHTS        使用者可做的事，以逗號分隔：view、activate、change、pause、delete、export、
                        storage（預設為 view,activate,change）
  --plan-dir DIR        唯一可用的計畫資料夾（預設為 ~/plans）
  --config-dir DIR      profiles.json 所在的資料夾
  --state-dir DIR       存放作業、草稿與稽核紀錄的資料夾
  --state-url URL       改為存放在此資料庫（docs/team.md）；不含密碼
  --idle-minutes N      多少分鐘沒有按鍵就結束（預設為 15）

  ferry COMMAND --help         單一指令的詳細說明

範例
  ferry --emulator
  ferry --emulator --guide --read-only
  ferry apply examples/plans/campaign-s3.plan.json --emulator --yes
  FERRY_ACCESS_TOKEN=… FERRY_API_KEY=… FERRY_ORG_ID=…@AdobeOrg FERRY_SANDBOX=dev ferry`,
  apply: `ferry apply PLAN：建立計畫的連線和資料流，加入區段和屬性，等待平台處理，
再讀回並比對。

計畫含有 "flow" 時，會變更該資料流直到符合計畫，並先列出將會送出的內容。

  --dry-run             不送出任何內容；只列出將會送出的內容
  --prune               從資料流中移除計畫未列出的內容
  --confirm NAME        將失去大部分區段的資料流名稱
  --bind                將建立的或既有的資料流寫入計畫
  --again               即使已有相同名稱與儲存位置的資料流，仍另外建立一個
  --queue               資料夾：將其中的計畫排入佇列，由執行「ferry work」的電腦套用
  --follow              與 --queue 並用：顯示每個計畫的進度，在終端機上是一個表格

範例
  ferry apply crm.plan.json
  ferry apply crm.plan.json --dry-run
  ferry apply plans/ --yes             資料夾中的所有 *.plan.json；--fail-fast 在第一次失敗時停止
  ferry apply crm.plan.json --emulator --yes
  ferry apply crm.plan.json --yes --json
  jq '.sandbox = "stage"' crm.plan.json | ferry apply - --yes     「-」是標準輸入，可代替任何 PLAN

結束代碼：0 核對無誤 · 2 計畫違反規則 · 4 沒有權限 · 6 有差異 · 7 無法連線 · 130 已中斷`,
  pull: `ferry pull FLOW [FILE]：將現有的資料流寫成計畫，無論由誰建立；未指定檔案時輸出到 stdout。只送出 GET。

FLOW 是 ID，或沙箱中唯一的資料流名稱。計畫會記載資料流及其帳戶，不含任何機密。計畫無法記載的內容會列出，
且無論變更什麼都會保持原樣。內容不同的既有檔案，只有在確認後（--yes）才會取代。

範例
  ferry pull "CRM weekly" crm.plan.json --sandbox dev
  ferry pull 8256cfb4-17e6-432c-a469-6aedafb16cd5 > crm.plan.json

結束代碼：0 已寫入 · 2 沒有此資料流，或為其他種類 · 3 未確認 · 4、7 與其他指令相同`,
  diff: `ferry diff PLAN|FOLDER：以文字說明 apply 會變更什麼，包含變更前後。只送出 GET。

  --prune               與 apply 的 --prune 相同：移除計畫未列出的內容
  --full                逐一列出未變更的區段與欄，而不只是數量

範例
  ferry diff crm.plan.json
  ferry diff plans/ --json             每個計畫一份 JSON，供監看漂移之用

結束代碼：0 沒有差異 · 6 有差異 · 2、4、7 與其他指令相同`,
  validate: `ferry validate PLAN --flow ID：將現有的資料流與計畫比對。只送出 GET 要求。

範例
  ferry validate crm.plan.json --flow 8256cfb4-17e6-432c-a469-6aedafb16cd5
  ferry validate crm.plan.json --flow 8256cfb4-17e6-432c-a469-6aedafb16cd5 --json

結束代碼：0 核對無誤 · 6 有差異 · 2、4、7 與其他指令相同`,
  plan: `ferry plan check PLAN：結構描述、規則和提醒，不需要網路。
ferry plan show PLAN：易讀的摘要。
ferry plan new [FILE]：依指令列選項建立計畫；未指定檔案時輸出到 stdout。
目的地要求的項目仍有缺漏時，會列出應加上的選項，結束代碼為 2。
ferry plan diff A B：以文字說明變更。有變更時結束代碼為 6。
ferry plan copy PLAN --sandbox NAME [FILE]：為另一個沙箱建立相同的計畫：依名稱尋找區段與帳戶，依其聯合結構描述
尋找欄。找不到或有多個的項目會列出，且不寫入任何檔案。
ferry plan upgrade PLAN [FILE]：將舊版卡片（Amazon S3、Azure Blob、SFTP）的計畫改為同類新版卡片的計畫，不需要網路；
未指定檔案時輸出到 stdout。必須由您決定的項目會連同其在新計畫中的位置列出。決定之前無法套用時，結束代碼為 2。
ferry plan schema：計畫的 JSON Schema，供編輯器使用。

  --requests            以 JSON 列出確切的要求，尚未知道的值以 {…} 表示
  --curl                同上，輸出為 shell 指令碼（需要 curl 和 jq）

新計畫的選項（未指定者採用精靈的預設值）
  --destination NAME    Amazon S3、sftp … 或其連線規格的 ID；同類卡片有兩種時，名稱指新版卡片，ID 則皆可
  --auth NAME           登入方式；--param KEY=VALUE，機密寫成 KEY=env:NAME、file:PATH 或 prompt
  --mode NAME           儲存位置的類型；--location KEY=VALUE，新版卡片還有 fileType=JSON、
                        csvOptions.delimiter=";" 等
  --public-key WHERE    將檔案加密：env:NAME 或 file:PATH
  --segment ID[=NAME]   可重複使用
  --attribute PATH[=COLUMN]   一個欄，可重複使用；--mandatory PATH、--key PATH（也可為 identityMap.Email）
  --export-mode full|incremental   --every once|day|week|month|3h|6h|8h|12h
  --start DATE --time HH:00|evaluation --end DATE --template TEXT --name TEXT

範例
  ferry plan check crm.plan.json
  ferry plan show crm.plan.json --curl > crm.sh
  ferry plan upgrade s3.plan.json s3-newer.plan.json
  ferry plan new crm.plan.json --destination s3 --param s3AccessKey=AKIA… --location bucketName=crm \\
    --location path=daily --segment 9f7d37fd-7039-4454-94ef-2b0cd6c3206a --key personalEmail.address
  ferry plan diff before.plan.json crm.plan.json`,
  list: `ferry list destinations|segments|attributes|sandboxes|flows|landing-zone：列出平台上可用的項目。
Data Landing Zone 的認證只在此時讀取，並以遮罩顯示。

  --search TEXT         只列出含有此文字的項目

list flows 的選項（列出每個資料流的名稱、目的地、帳戶、儲存位置、狀態、區段數、上次與下次匯出）
  --failing             ferry status 判定有匯出失敗的資料流；為此會讀取執行紀錄
  --disabled            已停用的資料流
  --destination NAME    送到此目的地的資料流：名稱的一部分，或 ID
  --segment ID          匯出此區段的資料流：區段的 ID 或名稱；可重複使用
  --sort COLUMN         changed（預設）、name、destination、state、segments、last-run 或 next

範例
  ferry list flows --failing
  ferry list segments --search loyalty --emulator
  ferry list destinations --json`,
  runs: `ferry runs [FLOW]：列出一個或所有資料流的匯出：開始時間、耗時、讀入、匯出與略過的列數、檔案、
大小與狀態，失敗的排在前面，並列出應匯出卻沒有匯出的項目。平台未提供的數值以橫線表示。

  --since TIME          多久以前（90m、24h、7d），或 UTC 時間（2026-11-26T07:00）；預設 24h
  --failed              只列出失敗的匯出
  --segment ID          只列出此區段的匯出（ID 或名稱），可重複使用
  --follow              狀態每次變更時輸出一行。指定 FLOW 時，在進行中（或下一次）的匯出結束後停止；
                        未指定時，按 Ctrl+C 停止

--follow 的結束代碼：0 成功、6 失敗、7 超過 150 分鐘仍未結束、130 中斷

範例
  ferry runs --since 7d --failed
  ferry runs "CRM weekly" --follow`,
  export: `ferry export FLOW…：立即匯出資料流的區段，內容為最近一次評估的完整檔案，排程不受影響。
目前無法匯出的區段會列出原因與可匯出的時間；每次呼叫最多 80 個區段。
匯出會保留在紀錄中：中斷後可用 ferry resume 繼續，不會重複送出。

  --segment ID          只匯出此區段（ID 或名稱），可重複使用（預設：所有可匯出的區段）
  --follow              狀態每次變更時輸出一行，直到結束；已在匯出的區段則改為追蹤
  --when-possible       等到目前的匯出結束，或可匯出的時間到了再匯出
  --dry-run             只列出會送出的內容

--follow 的結束代碼：0 成功、6 失敗、7 超過 150 分鐘仍未結束、130 中斷

範例
  ferry export "CRM weekly" --segment 9f7d37fd-7039-4454-94ef-2b0cd6c3206a --follow`,
  storage: `ferry storage check PLAN：計畫的檔案要送往的儲存空間能否使用。以實際的通訊協定、從這台電腦檢查，10 秒內完成。
適用於 S3（包括 Google）、Azure Blob Storage、SFTP，以及沙箱的登陸區域。

檢查項目：伺服器是否回應、出示的金鑰（與 known_hosts 比對）、登入資訊是否有效、儲存貯體、容器或資料夾是否存在，
以及檔案能否列出、寫入與刪除：寫入一個註明用途的小檔案，並立即移除。平台從其他位址連線，兩者之間的情況從這裡看不到。

ferry storage sample PLAN：寫入一個與匯出相同的檔案：採用計畫的檔名、欄名、格式與壓縮，內含虛構資料，
每列都有「ferry-sample-」，方便對方設定匯入。寫入前會先詢問，且只會覆蓋樣本檔案。

ferry storage files PLAN|FLOW：依檔名範本列出屬於資料流的檔案：區段、時間、檔案數、大小，以及第一個檔案的欄名與列數
（讀取前 64 KB）。並與欄、資訊清單及執行紀錄所註明的檔案數比對。只讀取：最多 20,000 個檔案，以及最新 20 次匯出的開頭。

  --no-write            （check）不寫入檔案
  --segment ID          （sample）指定區段，使用 ID 或名稱，可重複使用（預設：第一個）
  --remove              （sample）移除計畫的樣本檔案，不動其他檔案
  --since WHEN          （files）90m、24h、7d，或 UTC 的日期或時間（預設為 2d）
  --param NAME=WHERE    計畫使用現有帳戶時，機密的所在：env:NAME、file:PATH、command:…（否則會詢問，且不會留存）

AWS_ENDPOINT_URL_S3 指定其他支援 S3 的伺服器，STORAGE_EMULATOR_HOST 指定代替 Google 的伺服器，AWS_REGION 指定儲存貯體
所在的區域。

範例
  ferry storage check crm.plan.json
  ferry storage check crm.plan.json --no-write --json
  ferry storage sample crm.plan.json
  ferry storage sample crm.plan.json --remove --yes
  ferry storage files "CRM weekly" --since 7d --param password=env:SFTP_PASSWORD

結束代碼：0 完成 · 2 計畫中的內容無法使用 · 4 未獲允許或缺少權限 · 5 會覆蓋匯出的檔案
6 與計畫不符、缺少檔案，或主機金鑰已變更 · 7 沒有回應`,
  status: `ferry status [FLOW…]：哪些匯出失敗、逾時或缺漏；不指定 FLOW 時檢查所有資料流。只送出 GET。

  --explain FLOW        說明每個區段為何處於目前的狀態；也可以用提醒的 ID
  --strict              只需留意的項目也以 6 結束
  --quiet               只顯示提醒，沒有提醒時不顯示任何內容：適用於 cron
  --nagios              一行文字，供監控外掛使用；結束代碼只有 0 到 3
  --openmetrics FILE    寫入供 Prometheus node_exporter 讀取的指標；--per-segment 也寫入每個區段
  --timeout SECONDS     超過這個秒數就放棄（搭配 --nagios 時為 50）
  --begin-within MINUTES   匯出最晚須在幾分鐘內開始（60）
  --length MINUTES      匯出最晚須在幾分鐘內結束（150）
  --skip-rate PERCENT   可略過的列數百分比（1）

逾時：預定時間後一小時內沒有開始匯出。錯過：同上，而且下一次匯出的時間也到了。失敗：而且尚未補救。
緩慢、略過、空白與閒置只需留意。不明：無法讀取。暫停的資料流不預期任何匯出。

範例
  ferry status
  ferry status --explain "CRM weekly"
  ferry status --quiet --openmetrics /var/lib/prometheus/node-exporter/ferry.prom
  ferry status --nagios --timeout 20

FLOW 是 ID，或沙箱中唯一的資料流名稱。cron、systemd 與警示規則請參閱 docs/monitoring.md。
結束代碼：0 沒有問題 · 6 有問題 · 7 沒有問題，但並未讀到全部 · 2、4 與其他指令相同`,
  enable: `ferry enable FLOW：讓資料流重新匯出。停用期間未匯出的內容之後不會補上。

範例
  ferry enable "CRM weekly"
  ferry enable 8256cfb4-17e6-432c-a469-6aedafb16cd5 --yes

FLOW 是 ID，或沙箱中只有一個資料流使用的名稱。
結束代碼：0 已啟用 · 2 沒有此資料流 · 4、7 同其他指令 · 130 已中斷`,
  disable: `ferry disable FLOW：停用資料流；保留區段和排程，但不匯出任何內容。

範例
  ferry disable "CRM weekly"
  ferry disable 8256cfb4-17e6-432c-a469-6aedafb16cd5 --yes

FLOW 是 ID，或沙箱中只有一個資料流使用的名稱。
結束代碼：0 已停用 · 2 沒有此資料流 · 4、7 同其他指令 · 130 已中斷`,
  delete: `ferry delete FLOW：刪除資料流，並說明其連線的處理方式。已匯出的檔案會保留。

  --with-connections    一併移除其連線和帳戶，但其他項目使用的除外

範例
  ferry delete "CRM weekly"
  ferry delete 8256cfb4-17e6-432c-a469-6aedafb16cd5 --with-connections --yes

會等到平台確認資料流已消失；中斷時可用 ferry resume 完成。
結束代碼：0 已刪除 · 2 沒有此資料流 · 4、7 同其他指令 · 130 已中斷`,
  account: `ferry account update ID：更換帳戶的認證，一律整組更換。送出之前會列出受影響的每個資料流。

指定 --public-key 時改為設定檔案加密：從此以該帳戶儲存的所有檔案都會加密。是否生效以帳戶讀回的內容為準
（未生效時結束代碼為 6）。

  --auth NAME           使用不同於該帳戶現有的登入方式
  --param NAME=VALUE    值，或機密的參照：env:NAME、file:PATH、prompt
  --public-key WHERE    OpenPGP 金鑰（RSA）：env:NAME 或 file:PATH

範例
  ferry account update 2a17ba2a-1f2c-4be0-bd60-54c01a8d08f8
  ferry account update 2a17ba2a-1f2c-4be0-bd60-54c01a8d08f8 --param secretKey=env:S3_SECRET --yes
  ferry account update 2a17ba2a-1f2c-4be0-bd60-54c01a8d08f8 --public-key file:exports.asc

結束代碼：0 已送出 · 2 沒有此登入方式 · 3 需要詢問 · 4、7 同其他指令 · 130 已中斷`,
  work: `ferry work：從共用狀態（FERRY_STATE_URL）的佇列取出計畫並套用，可同時在多部電腦上執行。
計畫以「ferry apply FOLDER --queue」排入；同一個計畫排入兩次仍只有一個。

一個計畫一次只由一個程序處理。程序中途終止時，另一個程序會從作業日誌的結尾繼續。機密在執行處取得：
缺少機密的程序會說明缺少哪一個，並將計畫留給其他程序。平台要求稍候（429）時，任何程序都不會在那之前送出
要求。Ctrl+C 會完成目前的要求，其餘交回佇列。

  --concurrency N       此程序同時套用的計畫數（預設 3）
  --limit N             同一個組織在所有程序中同時套用的計畫數（預設 12）
  --calls N             同一個組織在所有程序中同時送出的要求數（預設 20）
  --drain               佇列清空後結束
  --list                列出等待中、執行中與無法繼續的項目及其原因；「ferry resume RUN」或新的計畫會將它移出

範例
  ferry apply plans --queue --yes
  ferry work --concurrency 5
  ferry work --list

結束代碼：0 沒有剩餘或無法繼續的項目 · 6 有無法繼續的項目 · 7 無法連線至資料庫 · 130 已停止`,
  state: `ferry state check：查看共用狀態能否使用：連線、加密、時鐘、資料表版本、角色的權限，
以及其中過舊的項目。不變更任何內容。

ferry state migrate：為新的資料庫建立資料表，或將資料表更新為此版 ferry 認得的版本。只有擁有者可以執行。

  --role NAME           此後可以使用資料表，但不能更改已記錄的內容

ferry state copy：將這部電腦資料夾中的作業、草稿與稽核紀錄複製到資料庫，並列出未複製的項目。
一個作業只在一處：已複製的作業此後存放在「copied」資料夾。

ferry state receipt RUN：共用狀態中某個作業的收據；--json 供程式讀取。

FERRY_STATE_URL 指明位置：postgres://ROLE@HOST:5432/DATABASE。密碼宜放在 ~/.pgpass。除了本機，任何主機都
必須證明自己的名稱（sslmode=verify-full；sslrootcert=FILE 指定簽發者）。未設定 FERRY_STATE_URL 時，這部電腦使用
自己的資料夾。

範例
  ferry state check
  ferry state migrate --role ferry_console
  ferry state copy

結束代碼：0 正常 · 2 有問題或有未複製的項目 · 7 無法連線至資料庫`,
  history: `ferry history：在這台電腦上套用過的作業，由新到舊：
作業、狀態、時間、沙箱、執行者、計畫、資料流。

  --prune DAYS          清除早於指定天數的已結束作業、草稿和引導紀錄

範例
  ferry history
  ferry history --prune 90
  ferry history --json`,
  resume: `ferry resume [RUN]：繼續完成中斷的套用；未指定時為最新的未完成作業。

已建立的項目不會重複建立；無法確定是否完成的寫入，會先確認結果再決定是否
重新送出：自最後一次消息起最多一分鐘，並顯示還需多久。
執行前會先詢問；若是生產沙箱，須輸入其名稱；也可以用 --yes 回答。

範例
  ferry resume
  ferry resume 0a1b2c3d --yes`,
  rollback: `ferry rollback [RUN]：復原一次作業：移除它建立的物件（從資料流開始），或還原它變更的內容。

他人之後的變更會保留；若他人變更了相同的內容，則不會還原任何內容。
已匯出的檔案會保留；刪除資料流和帳戶的新認證無法復原。

沒有指定 RUN 時，是指最新的可復原作業；核對無誤的作業必須指明 RUN。

範例
  ferry rollback
  ferry rollback 0a1b2c3d --yes

結束代碼：0 已復原 · 3 未確認 · 5 未全部復原 · 2、4、7 與其他指令相同`,
  login: `ferry login [PROFILE]：為您的組織建立或更新登入設定檔，並設為目前的登入設定檔。
沒有指定名稱時為 "default"。平台核發權杖之前，不會儲存任何內容。

  --client-id ID        OAuth 伺服器對伺服器認證的用戶端 ID（FERRY_CLIENT_ID）
  --org ID@AdobeOrg     組織（FERRY_ORG_ID）
  --secret WHERE        keystore：系統鑰匙圈 · prompt：每次啟動時詢問 ·
                        file：ferry 自己的檔案，權限 0600，明文 ·
                        env:NAME · file:PATH · command:…
                        使用 keystore 或 file 時，機密由您輸入，或取自 FERRY_CLIENT_SECRET。

範例
  ferry login
  ferry login stage --api-url https://platform-stage.adobe.io
  ferry login ci --client-id … --org …@AdobeOrg --secret env:AEP_SECRET --sandbox dev

結束代碼：0 已登入 · 3 缺少回答 · 4 平台拒絕 · 7 無法連線`,
  logout: `ferry logout [PROFILE]：移除登入設定檔（預設為目前的），以及由 ferry 存放的機密。

範例
  ferry logout
  ferry logout stage`,
  whoami: `ferry whoami：組織、沙箱、權杖的到期時間，以及認證可讀取的內容。

範例
  ferry whoami
  ferry whoami --profile stage --json

結束代碼：0 已登入 · 4 未登入或遭拒 · 7 無法連線`,
  completion: `ferry completion bash|zsh|fish：自動完成指令、選項和計畫的指令碼。

範例
  eval "$(ferry completion bash)"
  ferry completion zsh > "\${fpath[1]}/_ferry"
  ferry completion fish > ~/.config/fish/completions/ferry.fish`,
  emulator: `ferry emulator：在 127.0.0.1 上單獨執行模擬器。

  --port N              連線埠（預設 0：自動選用）
  --segments N          區段數量（預設 1204）
  --flows N             他人先前建立的資料流數量（0）
  --latency MS          每次回應前的等待時間
  --fault RULE          METHOD PATH-GLOB=WHAT[xN]，可重複使用。
                        WHAT：狀態碼、429:SECONDS、reset、lost、slow:MS、html。
                        先執行再回應：act:STATUS、act:html、act:empty、act:torn、redirect、
                        twice、etag:TEXT、id:TEXT。可與其他規則並用：hide:MS
                        （新物件過了這段時間才會列出、才讀得到）、stale:MS（在這段時間內仍讀到變更前的內容）
  --run-fault RULE      FLOW[/SEGMENT]=WHAT[@WHEN]，可重複使用：個別匯出的結果；evaluation=failed[@WHEN]：
                        所有區段的每日評估。WHAT：failed、skip:PERCENT、
                        empty、norows、long:MINUTES、late:MINUTES、missing、bare（未註明區段）、
                        status:WORD、none。WHEN：時間的開頭（2026-11-26T12），或 FROM..TO
                        （時間，或從啟動起的小時數，如 +3h..+9h）。沒有規則時，固定有部分匯出會出錯；
                        有規則時，只有指定的匯出會出錯
  --speed N             時鐘加快 N 倍：3600 時，一秒為一小時
  --now MOMENT          時鐘的開始時間，UTC（2026-11-26T07:00）
  --log FILE            要求的記錄檔，每行一個 JSON 物件
  --state FILE          將狀態存放在檔案中
  --organisation WHICH  both（預設）、migrated（沒有舊的 S3、Blob 和 SFTP）或 legacy（沒有新版卡片）
  --landing-zone WHOSE  Data Landing Zone 屬於哪一家的儲存空間：azure 或 aws
  --encryption MEMBER   從帳號的哪個成員讀取公開金鑰：both、encryption、encryptionSpecs 或 none；
                        其他成員會被略過，不會有任何訊息
  --strict              服務自身的更動也會使 etag 過期；拒絕較舊或未公布的值與無實際變更的動作；變更與刪除需要時間
  --deliver             以虛構的資料列實際匯出到連線所指的 S3、SFTP 或 Blob；
                        AWS_ENDPOINT_URL_S3 與 STORAGE_EMULATOR_HOST 可指定其他伺服器。無法寫入的匯出會失敗
  --rows N              每個區段的成員數（使用 --deliver 時為 1000）
  --rows-per-file N     每個檔案的列數上限，超過即分割（預設 5000000）

範例
  ferry emulator --deliver --speed 600
  ferry emulator --port 8080
  ferry emulator --fault 'POST /connections=503x2' --latency 100 --json
  ferry emulator --landing-zone aws --encryption none
  ferry emulator --flows 41 --speed 3600 --run-fault 'CRM weekly/*=failed@+3h..+9h'`,
} as const satisfies HelpPages;

/** What the manual page says besides the help of the commands; exit codes by their names. */
export const man = {
  section: '使用者指令',
  name: '名稱',
  nameLine: '將 Adobe Experience Platform 的區段（對象）送到批次目的地',
  synopsis: '概要',
  exitStatus: '結束代碼',
  environment: '環境變數',
  exits: {
    done: '完成；apply 與 validate 則表示核對無誤',
    bug: 'ferry 本身的錯誤；會儲存報告並顯示檔名',
    usage: '用法錯誤、計畫違反規則，或要求因內容遭拒',
    needsTerminal: '需要回答或終端機；會指出選項',
    notAllowed: '未登入或無權限：會指出缺少的權限',
    conflict: '資料流已被他人變更（rollback：有項目保留）',
    differs: '已核對，有差異',
    unreachable: '無法連上平台，或平台持續失敗',
    interrupted: '已中斷，或未確認',
  },
} as const satisfies ManWords;
