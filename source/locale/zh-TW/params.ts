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
} as const satisfies Record<keyof typeof english, string>;
