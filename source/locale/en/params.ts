/** Parameters of sign-ins and storage locations, as the platform titles them. @see flow-service.md, section 4 */
export const params = {
  'param.accessId': 'Access ID',
  'param.secretKey': 'Secret key',
  'param.s3AccessKey': 'Access key ID',
  'param.s3SecretKey': 'Secret access key',
  'param.host': 'Host',
  'param.domain': 'Domain',
  'param.port': 'Port',
  'param.username': 'Username',
  'param.password': 'Password',
  'param.sshKey': 'SSH key',
  'param.connectionString': 'Connection string',
  'param.bucketName': 'Bucket name',
  'param.container': 'Container',
  'param.path': 'Folder path',
  'param.remotePath': 'Remote path',
  'param.format': 'File format',
} as const;
