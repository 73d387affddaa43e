import type { JsonObject } from '../store.ts';
import { dataLakeId, profileStoreId } from './other-specs.ts';

/**
 * Flow specs of section 4.1. Campaign has one of its own whose id stands in no table, so that a client
 * must look it up, and goes with the shared one too, as a published dataflow shows; dataset specs share
 * their target specs and must not be taken.
 */
export const flowSpecs: readonly JsonObject[] = [
  spec('upsToCampaign', '3f0ea9c4-96b5-4f0b-a5d6-5f4a1f0f5c8e', ['0b23e41a-cb4a-4321-a78f-3b654f5d7d97']),
  spec('UPStoProfileBasedDestination', '71471eba-b620-49e4-90fd-23f1fa0174d8', [
    '4890fc95-5a1f-4983-94bb-e060c08e3f81',
    '0b23e41a-cb4a-4321-a78f-3b654f5d7d97',
    'e258278b-a4cf-43ac-b158-4fa0ca0d948b',
    'c1e44b6b-e7c8-404b-9031-58f0ef760604',
    '64ef4b8b-a6e0-41b5-9677-3805d1ee5dd0',
  ]),
  spec('UPStoResponsysFile', '51d675ce-e270-408d-91fc-22717bdf2148', [
    'a5e28ddf-e265-426e-83a1-9d03a3a6822b',
  ]),
  spec('UPStoExactTargetFile', '493b2bd6-26e4-4167-ab3b-5e910bba44f0', [
    'f599a5b3-60a7-4951-950a-cc4115c7ea27',
  ]),
  spec('UPStoS3File', '1a0514a6-33d4-4c7f-aff8-594799c47549', ['4fce964d-3f37-408f-9778-e597338a21ee']),
  spec('UPStoBlobFile', '752d422f-b16f-4f0d-b1c6-26e448e3b388', ['6d6b59bf-fb58-4107-9064-4d246c0e5bb2']),
  spec('UPStoSftpFile', 'fd36aaa4-bf2b-43fb-9387-43785eeeb799', ['36965a81-b1c6-401b-99f8-22508f1e6a26']),
  spec('UPStoAdlsFile', 'db060570-a155-418a-a6d3-b4d97698e5dc', ['be2c3209-53bc-47e7-ab25-145db8b873e1']),
  spec('UPStoDlzFile', '7e635b9f-e59b-4546-8ba8-fce6496693c8', ['10440537-2a7b-4583-ac39-ed38d4b848e8']),
  spec('UPStoGcsFile', '976d663b-80b4-4193-be6b-2d0487516623', ['c5d93acb-ea8b-4b14-8f53-02138444ae99']),
  datasets('269ba276-16fc-47db-92b0-c1049a3c131f', [
    '4fce964d-3f37-408f-9778-e597338a21ee',
    '0b23e41a-cb4a-4321-a78f-3b654f5d7d97',
  ]),
  datasets('95bd8965-fc8a-4119-b9c3-944c2c2df6d2', ['6d6b59bf-fb58-4107-9064-4d246c0e5bb2']),
  datasets('354d6aad-4754-46e4-a576-1b384561c440', [
    '36965a81-b1c6-401b-99f8-22508f1e6a26',
    '64ef4b8b-a6e0-41b5-9677-3805d1ee5dd0',
  ]),
  datasets('17be2013-2549-41ce-96e7-a70363bec293', ['be2c3209-53bc-47e7-ab25-145db8b873e1']),
  datasets('cd2fc47e-e838-4f38-a581-8fff2f99b63a', ['10440537-2a7b-4583-ac39-ed38d4b848e8']),
  datasets('585c15c4-6cbf-4126-8f87-e26bff78b657', ['c5d93acb-ea8b-4b14-8f53-02138444ae99']),
  spec('UPStoSegmentBasedDestination', 'b1bd6c26-0c1d-4a7e-9f1e-2c6a7c6ecb10', [
    '5d8a8a3e-58d5-4a2b-b0c9-7f8a7c3cd1b1',
  ]),
];

function spec(name: string, id: string, targets: string[], more: JsonObject = {}): JsonObject {
  return {
    id,
    name,
    providerId: '14e34fac-d307-11e9-bb65-2a2ae2dbcce4',
    version: '1.0',
    sourceConnectionSpecIds: [profileStoreId],
    targetConnectionSpecIds: targets,
    attributes: { _workflow: ['SEGMENTS'], frequency: 'batch' },
    transformationSpecs: [{ name: 'GeneralTransform', spec: {} }],
    optionSpec: {},
    scheduleSpec: {},
    ...more,
  };
}

function datasets(id: string, targets: string[]): JsonObject {
  return spec('DataLakeToOdiDestination', id, targets, {
    // Some of these accept Profile Store too: only the workflow tells them apart.
    sourceConnectionSpecIds: [dataLakeId, profileStoreId],
    attributes: { _workflow: ['DATASETS'], frequency: 'batch' },
  });
}
