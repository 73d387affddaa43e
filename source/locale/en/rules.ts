/** Problems of a plan, findings, and words for values of the platform. */
export const rules = {
  // Problems of a plan: the place is printed before the sentence.
  'plan.notJson':
    'This is not JSON: line {line}, column {column}. Check there for a missing comma, quote or bracket.',
  'plan.tooDeep':
    'Objects and arrays are nested more than {most|level|levels} deep: line {line}, column {column}. No plan needs that.',
  'plan.repeatedKey': '"{key}" is here twice, at {first} and at {again} (line:column). Keep one of them.',
  'plan.notAnObject': 'A plan is a JSON object: { "version": 1, … }.',
  'plan.version': 'The version of a plan is 1 (a number).',
  'plan.unknownKey': 'A plan has no key "{key}" here. Check its spelling, or remove it.',
  'plan.missing': '"{key}" is missing.',
  'plan.wrongType': 'The value must be: {expected:word}.',
  'plan.notOneOf': 'The value must be one of: {allowed}.',
  'plan.notUuid': '"{value}" is not an id. Ids look like 9f7d37fd-7039-4454-94ef-2b0cd6c3206a.',
  'plan.empty': 'This must not be empty.',
  'plan.tooLong': 'This must have at most {most|character|characters}.',
  'plan.sandboxName':
    '"{value}" is not a sandbox name: lower-case letters, digits and "-", beginning with a letter.',
  'plan.secretReference':
    'Give the source of the secret, not the secret itself: "env:NAME", "file:PATH", "prompt" or "command:…".',
  'plan.secretElsewhere':
    'A secret belongs only in destination.auth.params, by its source; here it would be sent and shown in clear text. Remove it.',
  'destination.other':
    'A dataflow cannot be moved to another destination. "{name}" ({id}) stays as it is, and a new dataflow is made. Go on?',
  'destination.otherNew': 'a new dataflow',
  'destination.otherStay': 'keep the destination',
  'destination.migrated':
    'The older card "{name}" has been removed: this organisation was migrated. Use the newer card "{newer}" ({newerId}) instead: ferry plan upgrade makes a plan for it.',
  'destination.gone': 'removed: this organisation was migrated',
  'destination.newer': 'newer card',
  'destination.older': 'older card, not available in migrated organisations',
  'destination.olderGone': 'not available in migrated organisations',
  'destination.olderNamed': '{name} (older card)',
  'destination.notOffered':
    'This organisation has no destination {connectionSpecId}. ferry list destinations shows those it has.',
  'auth.unknownSpec': 'This destination has no sign-in "{specName}". Available: {allowed}.',
  'auth.missingParam': '"{name}" is missing: sign-in "{specName}" requires it.',
  'auth.unknownParam': 'This sign-in has no parameter "{name}". Available: {allowed}.',
  'auth.withAccount':
    'A plan either reuses an account (baseConnectionId) or signs in (auth), not both. Remove one.',
  'auth.notAsked': 'This destination needs no sign-in: it is storage of the platform itself. Remove "auth".',
  'auth.secretInClear':
    '"{name}" is a secret and must not be written into a plan. Give its source: { "$secret": "env:NAME" }.',
  'field.required': '{field} is required.',
  'field.pattern': '{field} does not have the format the platform expects: {form:word}.',
  'field.patternExample':
    '{field} does not have the format the platform expects: {form:word}. For example: {example}',
  'field.notOneOf': '{field} must be one of: {allowed}.',
  'field.notANumber': '{field} must be a number.',
  'field.tooShort': '{field} must have at least {least|character|characters}.',
  'field.tooLong': '{field} must have at most {most|character|characters}.',
  'field.notBase64': '{field} must be base64 encoded.',
  'field.privateKey':
    'This looks like a private key, but {field} is shown and saved. Clear it, and paste the key into the field for keys.',
  'field.keyRefused':
    'This looks like a private key, but {field} is shown and saved. It was not accepted: paste the key into the field for keys.',
  'field.keyElsewhere':
    'This is a private key, but {field} is not the place for a key. Clear it, and choose the sign-in that asks for a key.',
  'field.lines': '{field} is one line; this has several. It was not accepted.',
  'field.blanks': '{field} has blanks around it. It should read: {better}',
  'field.quotes': '{field} has quotes around it. It should read: {better}',
  'field.invisible': '{field} has an invisible character in it. It should read: {better}',
  'host.scheme':
    '{field} is the name of a server only, without a scheme such as sftp://. It should read: {better}',
  'host.user':
    '{field} is the name of a server only; the user has a field of its own. It should read: {better}',
  'host.port': '{field} is the name of a server only, without the port behind it. It should read: {better}',
  'host.folder': '{field} is the name of a server only, without a folder behind it. It should read: {better}',
  'host.blank': '{field} has a blank in it; the name of a server has none.',
  'host.wide': '{field} has full-width characters in it. It should read: {better}',
  'host.form':
    '{field} is no name a server can have: parts of letters, digits and "-", at most 63 each and 253 in all, with one "." between them; or a whole IP address.',
  'port.form': '{field} is a number from 1 to 65535, usually 22.',
  'store.address': '{field} is a name only, not an address. It should read: {better}',
  'lake.address':
    '{field} is the address of a container of a data lake, abfss://CONTAINER@ACCOUNT.dfs.core.windows.net. It should read: {better}',
  'role.form': '{field} is the ARN of a role, such as arn:aws:iam::123456789012:role/NAME.',
  'connection.form':
    '{field} is not the connection string of a storage account: AccountName=…;AccountKey=…, or BlobEndpoint=…;SharedAccessSignature=…, its parts separated by ";". Copy it from the Azure portal, Access keys.',
  'connection.quotes': '{field} has quotes around it. Give it without them.',
  'connection.address':
    '{field} is an address. The connection string is needed: Azure portal, Access keys, Connection string.',
  'connection.key':
    'The AccountKey in {field} is damaged or cut off. Copy the whole connection string again.',
  'connection.signature':
    'The SharedAccessSignature in {field} has no sig. Copy the whole connection string again.',
  'publicKey.none':
    'This is not an OpenPGP public key: one begins with -----BEGIN PGP PUBLIC KEY BLOCK-----, and may be in base64.',
  'publicKey.private':
    'This is a private key. Remove it from the plan, and give the public one: gpg --armor --export NAME.',
  'publicKey.cutOff': 'This public key is damaged or cut off. Export it again: gpg --armor --export NAME.',
  'publicKey.notRsa': 'Files are encrypted with an RSA key; this public key is of another kind.',
  'publicKey.unread': 'The public key is missing: {reference}.',
  'encryption.notOffered': 'This destination does not encrypt files. Remove encryption from the plan.',
  'key.public': '{field} is a public key (.pub). The private key is needed: the file without .pub.',
  'key.putty':
    '{field} is a key of PuTTY (.ppk). Convert it: puttygen KEY.ppk -O private-openssh -o KEY, or in PuTTYgen Conversions, Export OpenSSH key.',
  'key.passphrase':
    '{field} is protected by a passphrase, and the platform cannot ask for it. Take a copy without one: ssh-keygen -p -N "" -f COPY.',
  'key.cutOff': '{field} is not whole: a part of it or its END line is missing. Copy the whole file.',
  'key.path': '{field} is the path of a file. Give what the file holds; in a plan, write "file:PATH".',
  'key.notRsa':
    '{field} is no RSA key, and this destination takes no other. Make one: ssh-keygen -t rsa -b 4096 -m PEM -N "" -f KEY. The server gets KEY.pub.',
  'key.none': '{field} is no private key. One begins with -----BEGIN … PRIVATE KEY-----.',
  'field.controlCharacters': '{field} has a control character in it. Paste or type it again.',
  'location.unknownMode': 'This destination has no storage location "{mode}". Available: {allowed}.',
  'location.missingParam': '"{name}" is missing: storage location "{mode}" requires it.',
  'location.unknownParam': 'Storage location "{mode}" has no parameter "{name}". Available: {allowed}.',
  'location.csvOptionsElsewhere': '"csvOptions" is for CSV files only, not {fileType}. Remove it.',
  'segments.none': 'A plan exports at least one segment.',
  'segments.duplicate':
    '"{segment}" is in the plan twice (first at {first}). A dataflow holds a segment once.',
  'schedule.frequencyNotForMode': '{frequency} does not go with {exportMode}. Available: {allowed}.',
  'schedule.frequencyNotForCard':
    'Exports {frequency:word} go only with the newer storage cards, and of these not with Azure Data Lake Gen2.',
  'schedule.triggerNotForMode': '{triggerType:word} works only with {exportMode:word}.',
  'schedule.triggerNotForFrequency': '{triggerType:word} works only once or every day, not {frequency:word}.',
  'schedule.notADate': '"{value}" is not a date. Write it as YYYY-MM-DD, for example 2026-12-20.',
  'schedule.noSuchDay': '{value} is not a day of the calendar.',
  'schedule.notATime': '"{value}" is not a time. Write it as HH:00 in UTC, for example 17:00.',
  'schedule.minutesNotZero': 'Exports start on the full hour: "{value}" must end in :00.',
  'schedule.startTimeMissing': 'The start time is missing (HH:00, UTC).',
  'schedule.startTimeNotAllowed':
    'An export that follows the segment evaluation has no start time. Remove {startTime}, or export at a set time.',
  'schedule.endDateNotAllowed': 'A single export has no end date. Remove {endDate}.',
  'schedule.endNotAfterStart':
    'The end date {endDate} must be after the start date {startDate}: the last export is on the day before it.',
  'template.empty': 'The file name template must not be empty.',
  'template.macroMissing': 'The file name template needs {macro}.',
  'template.unknownMacro': '{macro} is not a macro. Available: {allowed}.',
  'template.datetimeFormat': 'Write the date exactly as %DATETIME(YYYYMMdd_HHmmss)%, not {macro}.',
  'template.oneMoment': 'Use %DATETIME(YYYYMMdd_HHmmss)% or %TIMESTAMP%, not both.',
  'template.repeatedMacro': '{macro} can be used only once.',
  'template.characters':
    '"{text}" has a character that is not allowed in a file name. Allowed: letters, digits, space, "_", "." and "-".',
  'template.tooLong': 'File names would have {length|character|characters}; the platform allows {most}.',
  'attributes.none': 'A plan exports at least one attribute.',
  'attributes.duplicate': '"{attribute}" is selected twice.',
  'attributes.separatorFirst':
    "array_to_string takes the separator first, in quotes that are not part of it: array_to_string('_', organizations).",
  'attributes.badPath': '"{attribute}" is not an attribute path such as person.name.firstName.',
  'attributes.mandatoryNotSelected': '"{attribute}" is mandatory but not selected. Select it too.',
  'attributes.mandatoryDuplicate': '"{attribute}" is mandatory twice.',
  'attributes.keyNotSelected': '"{attribute}" is a deduplication key but not selected. Select it too.',
  'attributes.keyDuplicate': '"{attribute}" is a deduplication key twice.',
  'attributes.keysTooMany': 'At most {most|deduplication key|deduplication keys} of this kind.',
  'attributes.keysHeld':
    'The dataflow has other deduplication keys: {names}. These cannot be added: keys are at most two attributes, or one identity namespace. --prune removes the others.',
  'attributes.keysMixed': 'Deduplication keys are attributes or one identity namespace, never both.',
  'columns.notHere': 'This card names its columns itself: only newer cards allow the name "{column}".',
  'columns.empty': 'A column needs a name.',
  'columns.dot': 'The column name "{column}" has a dot; write _ instead.',
  'columns.control': 'The column name has a line break, or another control character, in it.',
  'columns.duplicate': 'Column {row} is already called "{column}".',
  'columns.computed': '"{attribute}" is computed: it cannot be mandatory, nor a key.',
  'columns.otherwiseMade':
    '"{attribute}" is not one of the columns that an array becomes: an element counted from 0, organizations[0], or all of it as one text, array_to_string(\',\', organizations).',
  'columns.keyOfIdentity':
    '"{namespace}" is an identity here, not an attribute. Write the key as IDENTITY with identityNamespace "{namespace}".',
  'columns.identities':
    'A dataflow exports one identity: "{first}" is already a column, "{namespace}" is another.',

  // Findings: nothing is stopped by them.
  'finding.startPast':
    '"{segment}": the start is in the past ({start:moment} UTC). Missed exports are not run later.',
  'finding.startSoon':
    '"{segment}": the start is less than an hour away ({start:moment} UTC). Changes take up to an hour; the first export can be missed.',
  'finding.noExportLeft': '"{segment}": no export left, the schedule has ended.',
  'finding.lastDay':
    '"{segment}": the end date {endDate:date} is not included; the last export is on {last:date}.',
  'finding.overwrites':
    '"{segment}": without a date or time in the file name every export overwrites the last one.',
  'finding.nameMakesFolders':
    'The name of "{segment}" has a "/": S3 and Azure make a folder of it in the file name, SFTP refuses it. Use %SEGMENT_ID% instead of %SEGMENT_NAME%.',
  'finding.noDeduplication': 'Without a deduplication key the same person can be in a file twice.',
  'finding.tooManySegments': '{count|segment|segments}: the platform advises at most {most} in a dataflow.',
  'finding.tooManyAttributes':
    '{count|attribute|attributes}: the platform advises at most {most} in a dataflow.',
  'finding.sameHour':
    '{count|export|exports} at {hour:moment} UTC: the platform advises at most {most} in an hour.',
  'finding.sameName': '"{segment}" and "{other}" would write files of the same name.',
  'finding.tooManyDestinations':
    'The sandbox already has {count|dataflow|dataflows} to destinations: at most {most} are allowed.',
  'finding.customUploads': '{count|uploaded segment|uploaded segments}: at most {most} in a dataflow.',
  'finding.identityNamespaces': 'Identities of {namespaces}: a dataflow takes {most|namespace|namespaces}.',
  'finding.youngAudience': '"{segment}": created {hours} h ago. A segment is complete after 24 hours.',
  'finding.newAudience': '"{segment}": created less than an hour ago. A segment is complete after 24 hours.',
  'finding.folderUp': 'The folder "{folder}" goes up with "..": the files may end up elsewhere, or nowhere.',
  'finding.folderMacro':
    'Folders of this destination do not support macros: {macro} would become part of the name.',
  'finding.folderOtherMacro':
    'A folder supports only the macros %SEGMENT_NAME% and %SEGMENT_ID%: {macro} would become part of the name.',
  'finding.folderSigns':
    'Not every storage supports {signs} in a folder: use letters, digits, / - _ and a full stop.',
  'finding.segmentName': 'The plan calls a segment "{segment}"; the platform calls it "{found}".',
  'finding.twin':
    'While this dataflow was created, someone else created one with the same name and storage location: {id}. Both export; delete the one you do not want.',
  'finding.theirs':
    'Someone else has changed the dataflow since it was opened, and their change stays: {found}.',
  'finding.paused':
    'The dataflow is paused, so nothing of this plan is exported. Applying does not change that; ferry enable does.',
  'finding.notChecked': 'Not checked, because it is missing or cannot be read: {subject:word}.',
  'platform.sandboxUnknown': 'Unknown sandbox "{sandbox}".',
  'platform.sandboxState': 'Sandbox "{sandbox}" cannot be used: it is {state:word}.',
  'platform.segmentUnknown': 'Segment {id} ("{segment}") does not exist in this sandbox.',
  'platform.segmentState': 'Segment "{segment}" cannot be exported: it is {state:word}.',
  'platform.attributeUnknown': 'The union schema has no attribute "{attribute}".',
  'platform.attributeNotExportable': 'Attribute "{attribute}" cannot be exported: {why:word}.',
  'platform.flowSpec': 'Unknown flow spec {flowSpecId}.',
  'platform.connectionState': 'Connection {id} cannot be reused: it is {state:word}.',
  'finding.production': 'Sandbox "{sandbox}" is production.',
  'finding.modeSuperseded':
    'Mode "{mode}" is used in older tutorials; the newer documentation of the platform says "{better}".',
  'finding.modeWithoutSignIn':
    'Sign-in "{specName}" is for {opens:word}, mode "{mode}" writes to {writes:word}: the sign-in does not work there.',
  'finding.unknownDestination':
    'ferry does not know this destination; only the platform can check its sign-in and location.',
  'finding.signInMissing':
    'The documentation of this destination asks for a sign-in ("auth"). What the platform publishes decides.',
  'finding.signInUndocumented':
    'The documentation has no sign-in "{specName}", but {allowed}. What the platform publishes decides.',
  'finding.modeMissing':
    'The documentation of this destination asks for a "mode". What the platform publishes decides.',
  'finding.modeUndocumented':
    'The documentation has no storage location "{mode}", but {allowed}. What the platform publishes decides.',
  'finding.paramMissing': 'The documentation asks for "{name}" as well. What the platform publishes decides.',
  'finding.paramUndocumented':
    'The documentation has no "{name}" here, but {allowed}. What the platform publishes decides.',
  'finding.formUndocumented':
    'The documentation has another form of "{name}": {form:word}. What the platform publishes decides.',
  'finding.valueUndocumented':
    'The documentation has another form of "{name}". What the platform publishes decides.',

  // Words for values of the platform.
  'value.form.accessKeyId': '20 characters, capital letters and the digits 2 to 7',
  'value.form.secretAccessKey': '40 characters, letters, digits, "/" and "+"',
  'value.form.bucketName':
    '3 to 63 lower-case letters, digits, "-" and ".", with a letter or digit at both ends, and no IP address',
  'value.form.container':
    '3 to 63 lower-case letters, digits and single "-", with a letter or digit at both ends',
  'value.form.googleBucket':
    '3 to 63 lower-case letters, digits, "-" and "_", with a letter or digit at both ends, and without "google", also with zeros in it',
  'value.form.folder': 'letters, digits, "/" and ! - _ . * \' ( ), without blanks',
  'value.form.folderWithMacros':
    'letters, digits, "/" and ! - _ . * \' ( ), without blanks; at its end also %SEGMENT_NAME% or %SEGMENT_ID%',
  'value.form.lakeAddress': 'the address of a container, abfss://CONTAINER@ACCOUNT.dfs.core.windows.net',
  'value.form.name': 'a name without blanks, "/" and "\\"',
  'value.form.other': 'see the documentation of the destination for it',
  'value.S3': 'Amazon S3',
  'value.AZURE': 'Azure storage',
  'value.FTP': 'an SFTP server',
  'value.GCS': 'Google Cloud Storage',
  'value.DAILY_FULL_EXPORT': 'full',
  'value.FIRST_FULL_THEN_INCREMENTAL': 'first full, then incremental',
  'value.ONCE': 'once',
  'value.DAILY': 'every day',
  'value.WEEKLY': 'every week',
  'value.MONTHLY': 'every month',
  'value.EVERY_3_HOURS': 'every 3 hours',
  'value.EVERY_6_HOURS': 'every 6 hours',
  'value.EVERY_8_HOURS': 'every 8 hours',
  'value.EVERY_12_HOURS': 'every 12 hours',
  'value.SCHEDULED': 'at a set time',
  'value.AFTER_SEGMENT_EVAL': 'after the segment evaluation',
  'value.sandboxes': 'sandboxes',
  'value.segments': 'segments',
  'value.attributes': 'profile attributes',
  'value.connectionSpecs': 'form of the secrets',
  'value.flowSpecs': 'flow specs',
  'value.map': 'it is a map',
  'value.deprecated': 'it is deprecated',
  'value.event': 'it is an event',
  'value.group': 'it is a group of attributes',
  'value.noArray': 'it is not an array',
  'value.draft': 'a draft',
  'value.inactive': 'inactive',
  'value.batch': 'batch',
  'value.streaming': 'streaming',
  'value.edge': 'edge',
  'value.REAL_TIME_CUSTOMER_PROFILE': 'Real-Time Customer Profile',
  'value.AUDIENCE_ORCHESTRATION': 'audience composition',
  'value.AUDIENCE_MANAGER': 'Audience Manager',
  'value.CUSTOM_UPLOAD': 'uploaded',
  'value.creating': 'being created',
  'value.active': 'active',
  'value.deleting': 'being deleted',
  'value.resetting': 'being reset',
  'value.deleted': 'deleted',
  'value.failed': 'failed',
  'value.enabled': 'enabled',
  'value.disabled': 'disabled',
  'value.lost': 'connection lost',
  'value.IN_PROGRESS': 'in progress',
  'value.timeout': 'no answer in time',
  'value.unreachable': 'cannot be reached',
  'value.etag': 'changed by someone else',
  'value.string': 'string',
  'value.number': 'number',
  'value.boolean': 'boolean',
  'value.array': 'array',
  'value.object': 'object',
  'value.scalarOrSecret': 'text, number, true/false or {"$secret": …}',
  'value.lessNesting': 'less nesting',
  'value.sendable': 'a text that can be sent back as it is',
  'value.View Sandboxes': 'View Sandboxes',
  'value.View Destinations': 'View Destinations',
  'value.View Segments': 'View Segments',
  'value.View Profiles': 'View Profiles',
  'value.Manage Destinations': 'Manage Destinations',
  'value.Activate Destinations': 'Activate Destinations',
  'value.other': 'something that is allowed here',
} as const;
