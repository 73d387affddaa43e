import type { params as english } from '../en/params.ts';

/** Parameters of sign-ins and storage locations, as the platform titles them. @see flow-service.md, section 4 */
export const params = {
  'param.accessId': '存取金鑰 ID',
  'param.secretKey': '私密存取金鑰',
  'param.s3AccessKey': '存取金鑰 ID',
  'param.s3SecretKey': '私密存取金鑰',
  'param.host': '主機',
  'param.domain': '網域',
  'param.port': '連線埠',
  'param.username': '使用者名稱',
  'param.password': '密碼',
  'param.sshKey': 'SSH 私密金鑰',
  'param.connectionString': '連線字串',
  'param.bucketName': '儲存貯體名稱',
  'param.container': '容器',
  'param.path': '資料夾路徑',
  'param.remotePath': '遠端路徑',
  'param.format': '檔案格式',

  // What to put there.
  'help.accessId': '存取金鑰的 ID，可在 AWS 主控台查看。',
  'help.secretKey': '該金鑰的私密部分；AWS 只在建立金鑰時顯示。',
  'help.s3AccessKey': '存取金鑰的 ID，可在 AWS 主控台查看。',
  'help.s3SecretKey': '該金鑰的私密部分；AWS 只在建立金鑰時顯示。',
  'help.host': '伺服器的名稱或位址，不含連線埠。',
  'help.domain': '伺服器的網域。',
  'help.port': '伺服器的連線埠，通常是 22。',
  'help.username': '登入用的使用者名稱。',
  'help.password': '此使用者的密碼。',
  'help.sshKey': '私密金鑰檔案的完整內容，不可有密碼保護。',
  'help.connectionString': '儲存體帳戶的連線字串，可在 Azure 入口網站查看。',
  'help.bucketName': '只填儲存貯體名稱，前面不加 s3://。',
  'help.container': '只填容器名稱，前面不加 https://。',
  'help.path': '存放檔案的資料夾。',
  'help.remotePath': '伺服器上存放檔案的資料夾。',
  'help.format': '檔案的格式。',
} as const satisfies Record<keyof typeof english, string>;
