/** @see flow-service.md, section 2.11 */
export const sandboxes = [
  sandbox('prod', 'Production', 'production', 'active', true),
  sandbox('dev', 'Development', 'development', 'active', false),
  sandbox('stage', 'Staging', 'development', 'active', false),
  sandbox('old-campaign', 'Last year’s campaign', 'development', 'deleting', false),
];

function sandbox(name: string, title: string, type: string, state: string, isDefault: boolean) {
  return {
    name,
    title,
    state,
    type,
    region: 'VA7',
    isDefault,
    etag: 2,
    createdDate: '2024-09-07 10:16:02',
    lastModifiedDate: '2025-03-11 08:02:45',
    createdBy: '0A4334FA556585B77F000101@AdobeID',
  };
}
