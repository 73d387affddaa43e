import { isIPv6 } from 'node:net';
import type { Place } from './store.ts';

/** Where buckets are asked for of which nobody knows where they are. */
export const firstRegion = 'us-east-1';

/** The address of the server that has a bucket. */
export function bucketAddress(
  { cloud, endpoint }: Pick<Extract<Place, { kind: 's3' }>, 'cloud' | 'endpoint'>,
  region: string,
): string {
  if (endpoint !== undefined) return endpoint;
  if (cloud === 'google') return 'https://storage.googleapis.com';
  return `https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

/** The server of a place, `host` or `host:port`, for people; empty where what opens it does not say. */
export function serverOf(place: Place): string {
  switch (place.kind) {
    case 'sftp':
      return place.port === 22 ? place.host : `${bracketed(place.host)}:${place.port}`;
    case 's3':
      return hostIn(bucketAddress(place, place.region ?? firstRegion));
    case 'azure':
      return place.opens.by === 'sas' ? hostIn(place.opens.uri) : ofConnection(place.opens.connectionString);
  }
}

/** Else its end would be taken for a port. */
const bracketed = (host: string): string => (isIPv6(host) ? `[${host}]` : host);

const hostIn = (address: string): string => URL.parse(address)?.host ?? '';

function ofConnection(connectionString: string): string {
  const find = (name: string): string | undefined =>
    new RegExp(`(?:^|;)\\s*${name}=([^;]+)`, 'i').exec(connectionString)?.[1];
  const endpoint = find('BlobEndpoint');
  if (endpoint !== undefined) return hostIn(endpoint);
  if (find('UseDevelopmentStorage')?.toLowerCase() === 'true') return '127.0.0.1:10000';
  const account = find('AccountName');
  return account === undefined ? '' : `${account}.blob.${find('EndpointSuffix') ?? 'core.windows.net'}`;
}
