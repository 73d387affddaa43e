/** Options of every command, below the help of each. */
export const commonHelp = `
Common options
  --emulator            use the embedded emulator: nothing leaves this machine
  --api-url URL         where the platform is (FERRY_API_URL)
  --sandbox NAME        the sandbox to work in (FERRY_SANDBOX)
  --profile NAME        the login profile to use (ferry login NAME)
  --json                one JSON document (or one event a line) on stdout, nothing else
  --no-input            never ask
  --yes                 answer yes to every confirmation, in production too
  --read-only           send nothing but GET
  --lang en|zh-TW       language
  --accessible          plain lines instead of a full screen
  --no-color            no colours (NO_COLOR)
  --help, --version`;

/** What `--help` says of each command, with examples; nothing here is wider than 120 columns. */
export const help = {
  wizard: `ferry: take segments (audiences) from Adobe Experience Platform to a batch destination.

  ferry                        the wizard
  ferry --emulator             the wizard, on the embedded emulator
  ferry PLAN                   the wizard, opened with a plan
  ferry FLOW                   the wizard, opened with a live dataflow: its id, or its name
  ferry apply PLAN             create, activate, read back, compare
  ferry pull FLOW [FILE]       a plan of a live dataflow
  ferry diff PLAN|FOLDER       what apply would change, in words
  ferry validate PLAN --flow ID   compare a live dataflow with a plan
  ferry export FLOW            export segments now
  ferry storage check PLAN     check the storage itself: can it be reached, opened, written to
  ferry storage sample PLAN    a file as an export will write it, with made-up rows; --remove removes it again
  ferry storage files PLAN|FLOW   what has arrived there, compared with columns, manifests and runs
  ferry enable|disable|delete FLOW   let a dataflow export, pause it, remove it
  ferry account update ID      new credentials for an account, or a public key
  ferry plan check PLAN        schema, rules and findings, without network
  ferry plan show PLAN         a summary; --requests as JSON, --curl as a shell script
  ferry plan new [FILE] · ferry plan diff A B · ferry plan copy PLAN · ferry plan schema
  ferry plan upgrade PLAN      an older card's plan for the newer card of its kind
  ferry list destinations|segments|attributes|sandboxes|flows|landing-zone
  ferry runs [FLOW]            exports: what began when, how it ended, what failed and why
  ferry status [FLOW…]         what failed, is late or is missing: for cron and monitoring too
  ferry history · ferry resume [RUN] · ferry rollback [RUN]   earlier applies: list, finish, undo
  ferry work                   apply what others have put into the queue: ferry apply FOLDER --queue (docs/team.md)
  ferry state check|migrate|copy|receipt   the state that several computers share (docs/team.md)
  ferry login [PROFILE] · ferry logout · ferry whoami         your organisation, and what you may do there
  ferry emulator               run only the emulator
  ferry completion bash|zsh|fish   a script for your shell
  ferry --restricted           a console for accounts behind sshd (docs/ssh-console.md)

  --guide               explain each step beside the question, and keep a transcript without secrets
  --presenter           as --guide, with large step names for people who watch (Ctrl+P switches)

Options of --restricted, which are the administrator's
  --allow RIGHTS        what people may do, with commas between: view, activate, change, pause, delete, export,
                        storage (default view,activate,change)
  --plan-dir DIR        the only folder of plans (default ~/plans)
  --config-dir DIR      where profiles.json is
  --state-dir DIR       where runs, drafts and the audit log are kept
  --state-url URL       the database where they are instead (docs/team.md); holds no password
  --idle-minutes N      minutes without a key after which it ends (default 15)

  ferry COMMAND --help         more on one command

Examples
  ferry --emulator
  ferry --emulator --guide --read-only
  ferry apply examples/plans/campaign-s3.plan.json --emulator --yes
  FERRY_ACCESS_TOKEN=… FERRY_API_KEY=… FERRY_ORG_ID=…@AdobeOrg FERRY_SANDBOX=dev ferry`,
  apply: `ferry apply PLAN: create the connections and the dataflow of a plan, add its segments and
attributes, wait, read back and compare.

A plan with "flow" changes that dataflow until it holds the plan, and shows first what will be sent.

  --dry-run             send nothing; print what would be sent
  --prune               remove from the dataflow what the plan does not name
  --confirm NAME        the name of a dataflow that would lose most of its segments
  --bind                write the dataflow that is created, or already there, into the plan
  --again               create another one, although one with this name and storage location exists
  --queue               of a folder: put its plans into the queue, for whichever computer runs "ferry work"
  --follow              with --queue: show how far each is, as one table at a terminal

Examples
  ferry apply crm.plan.json
  ferry apply crm.plan.json --dry-run
  ferry apply plans/ --yes             every *.plan.json of a folder; --fail-fast stops at the first failure
  ferry apply crm.plan.json --emulator --yes
  ferry apply crm.plan.json --yes --json
  jq '.sandbox = "stage"' crm.plan.json | ferry apply - --yes     "-" is standard input, in place of any PLAN

Exit codes: 0 verified · 2 the plan breaks a rule · 4 not allowed · 6 differs · 7 unreachable · 130 interrupted`,
  pull: `ferry pull FLOW [FILE]: a plan of a live dataflow, whoever created it; on stdout without a file. Sends only GET.

FLOW is an id, or a name that one dataflow of the sandbox has. The plan names the dataflow and its account, and holds
no secret. What a plan cannot say is told, and stays as it is whatever is changed. A file that says something else is
replaced only when that is confirmed (--yes).

Examples
  ferry pull "CRM weekly" crm.plan.json --sandbox dev
  ferry pull 8256cfb4-17e6-432c-a469-6aedafb16cd5 > crm.plan.json

Exit codes: 0 written · 2 no such dataflow, or one of another kind · 3 not confirmed · 4, 7 as for other commands`,
  diff: `ferry diff PLAN|FOLDER: what apply would change, in words, before and after. Sends only GET.

  --prune               as apply does with --prune: what the plan does not name is removed
  --full                name each segment and column that stays as it is, instead of how many

Examples
  ferry diff crm.plan.json
  ferry diff plans/ --json             one JSON document a plan, to watch for drift

Exit codes: 0 nothing · 6 something · 2, 4, 7 as for other commands`,
  validate: `ferry validate PLAN --flow ID: compare a live dataflow with a plan. Sends only GET.

Examples
  ferry validate crm.plan.json --flow 8256cfb4-17e6-432c-a469-6aedafb16cd5
  ferry validate crm.plan.json --flow 8256cfb4-17e6-432c-a469-6aedafb16cd5 --json

Exit codes: 0 the same · 6 differs · 2, 4, 7 as for other commands`,
  plan: `ferry plan check PLAN: schema, rules and findings, without network.
ferry plan show PLAN: a readable summary.
ferry plan new [FILE]: a plan from options; on stdout without a file. Exit 2 where the destination asks for more: each
option that is still missing is named.
ferry plan diff A B: what changed, in words. Exit 6 when something did.
ferry plan copy PLAN --sandbox NAME [FILE]: the same for another sandbox: segments and account by name, columns in its
union schema. What is missing, or there twice, is listed, and nothing is written.
ferry plan upgrade PLAN [FILE]: a plan for an older card (Amazon S3, Azure Blob, SFTP) as one for the newer card of its
kind, without network; on stdout without a file. What is left to decide is listed with its place in the new plan.
Exit 2 where it cannot be applied before that is decided.
ferry plan schema: the JSON Schema of a plan, for editors.

  --requests            the exact requests as JSON, {…} for what is not known yet
  --curl                the same as a shell script (needs curl and jq)

Options of a new plan (the wizard's defaults where nothing is given)
  --destination NAME    Amazon S3, sftp … or the id of its connection spec; of two cards of one kind a name means the
                        newer one, the id any
  --auth NAME           the sign-in; --param KEY=VALUE, secrets as KEY=env:NAME, file:PATH or prompt
  --mode NAME           the kind of storage location; --location KEY=VALUE, of the newer cards also fileType=JSON,
                        csvOptions.delimiter=";" …
  --public-key WHERE    encrypt the files: env:NAME or file:PATH
  --segment ID[=NAME]   as often as needed
  --attribute PATH[=COLUMN]   a column, as often as needed; --mandatory PATH, --key PATH (identityMap.Email too)
  --export-mode full|incremental   --every once|day|week|month|3h|6h|8h|12h
  --start DATE --time HH:00|evaluation --end DATE --template TEXT --name TEXT

Examples
  ferry plan check crm.plan.json
  ferry plan show crm.plan.json --curl > crm.sh
  ferry plan upgrade s3.plan.json s3-newer.plan.json
  ferry plan new crm.plan.json --destination s3 --param s3AccessKey=AKIA… --location bucketName=crm \\
    --location path=daily --segment 9f7d37fd-7039-4454-94ef-2b0cd6c3206a --key personalEmail.address
  ferry plan diff before.plan.json crm.plan.json`,
  list: `ferry list destinations|segments|attributes|sandboxes|flows|landing-zone: list what the platform
offers. The credentials of the landing zone are read only then, and shown masked.

  --search TEXT         only what has this text in it

Options of list flows, which shows name, destination, account, location, state, number of segments, last run and
next export of each dataflow
  --failing             those with an export that ferry status finds failed; their runs are read for it
  --disabled            those that are paused
  --destination NAME    those to this destination: a part of its name, or its id
  --segment ID          those that export this segment, by its id or name; repeatable
  --sort COLUMN         changed (default), name, destination, state, segments, last-run or next

Examples
  ferry list flows --failing
  ferry list segments --search loyalty --emulator
  ferry list destinations --json`,
  runs: `ferry runs [FLOW]: the exports of a dataflow, or of all of them: when each began, how long it took, rows in, out
and left out, files, size and state; what failed first, and what should have run and did not. What a run does not say
is shown as a dash.

  --since TIME          so long ago (90m, 24h, 7d), or a moment in UTC (2026-11-26T07:00); default 24h
  --failed              only what failed
  --segment ID          only exports of this segment, by its id or name; repeatable
  --follow              one line for each change of state, as they come. With FLOW it ends with the exports that
                        are under way, or with the next ones; without it with Ctrl+C

Exit codes of --follow: 0 ended well, 6 failed, 7 not ended after 150 min, 130 interrupted

Examples
  ferry runs --since 7d --failed
  ferry runs "CRM weekly" --follow`,
  export: `ferry export FLOW…: export segments of dataflows now, as full files of their last evaluation. Their
schedules stay as they were. What cannot be exported now is listed, with the time when it can; up to 80 segments a call.
The export is kept in the history: ferry resume continues an interrupted one, and requests nothing twice.

  --segment ID          only this segment, by its id or name; repeatable (default: all that can be exported)
  --follow              one line for each change of state until they have ended; what is being exported
                        already is followed instead
  --when-possible       wait until what is being exported has ended, or its hour has come, and export then
  --dry-run             print what would be sent

Exit codes of --follow: 0 ended well, 6 failed, 7 not ended after 150 min, 130 interrupted

Examples
  ferry export "CRM weekly" --segment 9f7d37fd-7039-4454-94ef-2b0cd6c3206a --follow`,
  storage: `ferry storage check PLAN: whether the storage of a plan can be used: by the real protocol, from this machine, within
10 s. S3 (also of Google), Azure Blob Storage, SFTP, and the landing zone of the sandbox.

It checks whether the server answers, which key it shows (compared with known_hosts), whether the sign-in works, whether
bucket, container or folder exists, and whether files can be listed, written and deleted: one small file that says
what it is, removed at once. The platform uses other addresses: what is between it and the storage is not checked.

ferry storage sample PLAN: writes a file as an export will: name, header, format and compression of the plan, with
made-up rows, each with "ferry-sample-" in it; so that the import on the other side can be set up. It asks first, and
overwrites nothing but samples.

ferry storage files PLAN|FLOW: the files there that belong to a dataflow, by its template: segment, moment, parts, size,
and of the first file header and rows, by its first 64 KB. Compared with the columns, the manifests, and what the runs
say they wrote. Only reads: at most 20,000 files, and the beginnings of the 20 newest exports.

  --no-write            (check) write no file
  --segment ID          (sample) of this segment, by its id or name; repeatable (default: the first)
  --remove              (sample) remove the samples of the plan, and nothing else
  --since WHEN          (files) 90m, 24h, 7d, or a day or moment in UTC (default 2d)
  --param NAME=WHERE    the source of the secret, where the plan reuses an account: env:NAME, file:PATH, command:…
                        (else it is asked for, and not saved)

AWS_ENDPOINT_URL_S3 sets another server that speaks S3, STORAGE_EMULATOR_HOST one in Google's place, AWS_REGION the
region of the bucket.

Examples
  ferry storage check crm.plan.json
  ferry storage check crm.plan.json --no-write --json
  ferry storage sample crm.plan.json
  ferry storage sample crm.plan.json --remove --yes
  ferry storage files "CRM weekly" --since 7d --param password=env:SFTP_PASSWORD

Exit codes: 0 done · 2 the plan says nothing that can be used · 4 not allowed, or a permission is missing · 5 it would
overwrite an export · 6 not as the plan says, files are missing, or the key of the host has changed · 7 no answer`,
  status: `ferry status [FLOW…]: which exports failed, are late or are missing; without FLOW of all dataflows. Sends
only GET.

  --explain FLOW        why each of its segments stands as it does; takes the id of a finding too
  --strict              exit 6 also for what should only be checked
  --quiet               print findings only, and nothing where there are none: for cron
  --nagios              one line for a monitoring plugin; exit 0 to 3 and nothing else
  --openmetrics FILE    write metrics for Prometheus' node_exporter; --per-segment for each segment as well
  --timeout SECONDS     give up after that (with --nagios 50)
  --begin-within MINUTES   until a run must have begun (60)
  --length MINUTES      until it must have ended (150)
  --skip-rate PERCENT   rows that may be left out (1)

late: no run has begun within an hour of its time. missed: the same, and the next export is due. failed: and no later
export has fixed it. slow, skipped, empty and idle should be checked. unknown: it could not be read. Nothing is
expected of a paused dataflow.

Examples
  ferry status
  ferry status --explain "CRM weekly"
  ferry status --quiet --openmetrics /var/lib/prometheus/node-exporter/ferry.prom
  ferry status --nagios --timeout 20

FLOW is an id, or a name that one dataflow of the sandbox has. docs/monitoring.md has cron, systemd and alert rules.
Exit codes: 0 nothing wrong · 6 something wrong · 7 nothing wrong, but not all was read · 2, 4 as for other commands`,
  enable: `ferry enable FLOW: let a dataflow export again. Missed exports are not run later.

Examples
  ferry enable "CRM weekly"
  ferry enable 8256cfb4-17e6-432c-a469-6aedafb16cd5 --yes

FLOW is an id, or a name that one dataflow of the sandbox has.
Exit codes: 0 enabled · 2 no such dataflow · 4, 7 as for other commands · 130 interrupted`,
  disable: `ferry disable FLOW: pause a dataflow; it keeps its segments and their schedules, and exports nothing.

Examples
  ferry disable "CRM weekly"
  ferry disable 8256cfb4-17e6-432c-a469-6aedafb16cd5 --yes

FLOW is an id, or a name that one dataflow of the sandbox has.
Exit codes: 0 paused · 2 no such dataflow · 4, 7 as for other commands · 130 interrupted`,
  delete: `ferry delete FLOW: remove a dataflow, and say what happens to its connections. Exported files stay.

  --with-connections    remove its connections and accounts too, except those that something else uses

Examples
  ferry delete "CRM weekly"
  ferry delete 8256cfb4-17e6-432c-a469-6aedafb16cd5 --with-connections --yes

It waits until the platform says that the dataflow is gone; ferry resume finishes an interrupted one.
Exit codes: 0 deleted · 2 no such dataflow · 4, 7 as for other commands · 130 interrupted`,
  account: `ferry account update ID: new credentials for an account, always the whole set. Every dataflow that they
affect is listed before they are sent.

With --public-key it is the encryption of its files instead: from then on everything that is stored with the account is
encrypted, and the account is read back to see whether it was accepted (exit 6 where it was not).

  --auth NAME           a sign-in other than that of the account
  --param NAME=VALUE    a value, or the reference of a secret: env:NAME, file:PATH, prompt
  --public-key WHERE    an OpenPGP key (RSA): env:NAME or file:PATH

Examples
  ferry account update 2a17ba2a-1f2c-4be0-bd60-54c01a8d08f8
  ferry account update 2a17ba2a-1f2c-4be0-bd60-54c01a8d08f8 --param secretKey=env:S3_SECRET --yes
  ferry account update 2a17ba2a-1f2c-4be0-bd60-54c01a8d08f8 --public-key file:exports.asc

Exit codes: 0 accepted · 2 no such sign-in · 3 must be confirmed · 4, 7 as for other commands · 130 interrupted`,
  work: `ferry work: takes plans from the queue of the shared state (FERRY_STATE_URL) and applies them, on as many
computers as there are. Plans come in by "ferry apply FOLDER --queue"; the same plan twice is there once.

A plan is one worker's at a time. When a worker dies, another one goes on where its journal ends. Secrets are looked up
where the work is done: a worker that lacks one says which and leaves the plan to another. When the platform asks to be
left alone (429), no worker sends it anything before that. Ctrl+C finishes the current request and gives the rest
back.

  --concurrency N       plans at once in this worker (default 3)
  --limit N             plans at once of one organisation, over all workers (default 12)
  --calls N             requests at once for one organisation, over all workers (default 20)
  --drain               end when nothing is left
  --list                show what waits, what is under way, and what is stuck and why; "ferry resume RUN" or a new
                        plan takes that out

Examples
  ferry apply plans --queue --yes
  ferry work --concurrency 5
  ferry work --list

Exit codes: 0 nothing is left, or stuck · 6 something is stuck · 7 the database cannot be reached · 130 stopped`,
  state: `ferry state check: whether the shared state can be used: connection, encryption, clocks, version of the tables,
rights of the role, and what is old in it. Changes nothing.

ferry state migrate: makes the tables of a new database, or brings them to the version that this ferry knows. Only
their owner may.

  --role NAME           may use the tables from now on, and change nothing that was recorded

ferry state copy: brings the runs, drafts and audit log of this computer's folder into the database, and says what
it left. A run is in one place only: what was copied lies in the folder "copied" from then on.

ferry state receipt RUN: the receipt of a run in the shared state; --json as a program reads it.

FERRY_STATE_URL says where it is: postgres://ROLE@HOST:5432/DATABASE. The password is best kept in ~/.pgpass. Any host
but this one has to prove its name (sslmode=verify-full; sslrootcert=FILE names who vouches for it). Without
FERRY_STATE_URL this computer keeps its own state, in a folder.

Examples
  ferry state check
  ferry state migrate --role ferry_console
  ferry state copy

Exit codes: 0 fine · 2 something is wrong, or was left · 7 the database cannot be reached`,
  history: `ferry history: every apply on this computer or in the shared state, newest first: run, state, when,
sandbox, who, plan, dataflow.

  --prune DAYS          remove finished runs, drafts and transcripts older than that

Examples
  ferry history
  ferry history --prune 90
  ferry history --json`,
  resume: `ferry resume [RUN]: finish an interrupted apply; without RUN the newest unfinished one.

Nothing is created twice: where it is not known whether a write took effect, ferry looks for its result before it sends
it again, for what is left of a minute since the last word about it, and says for how long.
It asks first, and in a production sandbox for its name; --yes answers.

Examples
  ferry resume
  ferry resume 0a1b2c3d --yes`,
  rollback: `ferry rollback [RUN]: undo a run: remove what it created, the dataflow first, or put back what it changed.

What others have changed since stays; where they have changed the same, nothing is put back. Exported files stay,
and neither a deletion nor new credentials of an account can be undone.

Without RUN it is the newest that can be undone; one that is verified has to be given by its id.

Examples
  ferry rollback
  ferry rollback 0a1b2c3d --yes

Exit codes: 0 undone · 3 not confirmed · 5 not all of it · 2, 4, 7 as for other commands`,
  login: `ferry login [PROFILE]: create or renew a profile for your organisation, and make it the current one.
Without a name it is called "default". Nothing is saved until the platform has issued a token.

  --client-id ID        of the OAuth server-to-server credential (FERRY_CLIENT_ID)
  --org ID@AdobeOrg     the organisation (FERRY_ORG_ID)
  --secret WHERE        keystore: the system's key store · prompt: asked for at each start · file: a file of
                        ferry's own, mode 0600, in plain text · env:NAME · file:PATH · command:…
                        With keystore or file the secret itself is typed, or taken from FERRY_CLIENT_SECRET.

Examples
  ferry login
  ferry login stage --api-url https://platform-stage.adobe.io
  ferry login ci --client-id … --org …@AdobeOrg --secret env:AEP_SECRET --sandbox dev

Exit codes: 0 signed in · 3 an answer is missing · 4 the platform refuses · 7 unreachable`,
  logout: `ferry logout [PROFILE]: remove a profile (the current one), and its secret where ferry stored it.

Examples
  ferry logout
  ferry logout stage`,
  whoami: `ferry whoami: organisation, sandbox, expiry of the token, and what the credential may read.

Examples
  ferry whoami
  ferry whoami --profile stage --json

Exit codes: 0 signed in · 4 not signed in, or refused · 7 unreachable`,
  completion: `ferry completion bash|zsh|fish: a script that completes commands, options and plans.

Examples
  eval "$(ferry completion bash)"
  ferry completion zsh > "\${fpath[1]}/_ferry"
  ferry completion fish > ~/.config/fish/completions/ferry.fish`,
  emulator: `ferry emulator: run only the emulator, on 127.0.0.1.

  --port N              port (default 0: any free one)
  --segments N          number of segments (default 1204)
  --flows N             number of dataflows that others created before (default 0)
  --latency MS          wait before every answer
  --fault RULE          METHOD PATH-GLOB=WHAT[xN], repeatable. WHAT: a status, 429:SECONDS, reset, lost,
                        slow:MS, html. After acting: act:STATUS, act:html, act:empty, act:torn,
                        redirect, twice, etag:TEXT, id:TEXT. Beside another rule: hide:MS
                        (what is made is listed and read only after that), stale:MS (what is changed
                        is read as it was until then)
  --run-fault RULE      FLOW[/SEGMENT]=WHAT[@WHEN], repeatable: how single exports go; evaluation=failed[@WHEN]: the
                        daily evaluation of all segments. WHAT: failed, skip:PERCENT,
                        empty, norows, long:MINUTES, late:MINUTES, missing, bare (names no segment),
                        status:WORD, none. WHEN: the beginning of a moment (2026-11-26T12), or FROM..TO of
                        moments or hours from the start (+3h..+9h). Without a rule some exports go wrong,
                        always the same; with one nothing does but what is planted
  --speed N             its clock runs N times as fast: at 3600 an hour takes a second
  --now MOMENT          its clock begins at that moment, UTC (2026-11-26T07:00)
  --log FILE            requests, one JSON object a line
  --state FILE          keep the state in a file
  --organisation WHICH  both (as it is), migrated (without the older S3, Blob and SFTP) or legacy
                        (without the newer cards)
  --landing-zone WHOSE  azure or aws: whose storage the Data Landing Zone is
  --encryption MEMBER   which member of an account its public key is taken from: both, encryption,
                        encryptionSpecs or none; another one is ignored without a word
  --strict              etags go stale by the service's own touch, older values, unpublished ones and changes
                        that change nothing are refused, and what changes or goes takes a while
  --deliver             exports are written for real, with made-up rows, to the S3, SFTP or Blob storage that the
                        connections name; AWS_ENDPOINT_URL_S3 and STORAGE_EMULATOR_HOST name other servers.
                        An export that cannot be written fails
  --rows N              members of every segment (with --deliver: 1000)
  --rows-per-file N     rows of a file before it is split (default 5000000)

Examples
  ferry emulator --deliver --speed 600
  ferry emulator --port 8080
  ferry emulator --fault 'POST /connections=503x2' --latency 100 --json
  ferry emulator --landing-zone aws --encryption none
  ferry emulator --flows 41 --speed 3600 --run-fault 'CRM weekly/*=failed@+3h..+9h'`,
} as const;

export type HelpPages = Readonly<Record<keyof typeof help, string>>;

/** What the manual page says besides the help of the commands; exit codes by their names. */
export const man = {
  section: 'User Commands',
  name: 'NAME',
  nameLine: 'take segments (audiences) from Adobe Experience Platform to a batch destination',
  synopsis: 'SYNOPSIS',
  exitStatus: 'EXIT STATUS',
  environment: 'ENVIRONMENT',
  exits: {
    done: 'done; for apply and validate: verified',
    bug: 'a bug in ferry; a report is saved and its file shown',
    usage: 'wrong usage, a plan that breaks a rule, or a request that was refused for its content',
    needsTerminal: 'an answer or a terminal is needed: names the option',
    notAllowed: 'not signed in, or not allowed: names the missing permission',
    conflict: 'changed by someone else (rollback: something is still there)',
    differs: 'validated, and it differs',
    unreachable: 'the platform cannot be reached or keeps failing',
    interrupted: 'interrupted, or not confirmed',
  },
} as const;

export type ManWords = Readonly<Record<Exclude<keyof typeof man, 'exits'>, string>> & {
  readonly exits: Readonly<Record<keyof typeof man.exits, string>>;
};
