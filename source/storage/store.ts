/** Where files are put, and what opens it. A folder is without slashes around it, but for one at the beginning on SFTP. */
export type Place =
  | {
      readonly kind: 's3';
      /** Google's buckets are spoken to in the same way. */
      readonly cloud: 'amazon' | 'google';
      readonly bucket: string;
      readonly folder: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken?: string | undefined;
      /** Another server that speaks S3, an address. */
      readonly endpoint?: string | undefined;
      /** Where the bucket is; found out where it is not known. */
      readonly region?: string | undefined;
    }
  | {
      readonly kind: 'azure';
      readonly container: string;
      readonly folder: string;
      readonly opens:
        | { readonly by: 'connectionString'; readonly connectionString: string }
        /** Address of the container with its signature. */
        | { readonly by: 'sas'; readonly uri: string };
    }
  | {
      readonly kind: 'sftp';
      readonly host: string;
      readonly port: number;
      readonly username: string;
      readonly folder: string;
      readonly opens:
        | { readonly by: 'password'; readonly password: string }
        /** The text of a private key, or base64 of it. */
        | { readonly by: 'key'; readonly key: string };
      /** The texts of the `known_hosts` files that there are. */
      readonly knownHosts: readonly string[];
    };

/** A file, by its name below the folder of the place. */
export interface StoredFile {
  readonly name: string;
  /** Nothing where the server does not say. */
  readonly bytes: number | undefined;
  /** Epoch milliseconds of the server's clock. */
  readonly changedMs?: number | undefined;
}

export interface Listing {
  readonly files: readonly StoredFile[];
  /** How many were looked at, and whether that was all. */
  readonly looked: number;
  readonly isWhole: boolean;
}

/** The key that a server shows of itself, and what `known_hosts` says of it. */
export interface HostKey {
  /** `ssh-ed25519` … */
  readonly type: string;
  /** `SHA256:` and base64, as `ssh-keygen -l` writes it. */
  readonly fingerprint: string;
  readonly known: 'same' | 'unknown' | 'changed' | 'revoked';
}

/** What was seen of a place that could be opened. */
export interface Seen {
  readonly hostKey?: HostKey | undefined;
}

/** How far a listing goes. */
export interface ListOptions {
  /** How the names begin, below the folder. @default '' */
  readonly prefix?: string;
  /** Folders below it that are looked into. @default 0 */
  readonly depth?: number;
  /** Files that are looked at, at most. */
  readonly most: number;
  readonly signal: AbortSignal;
}

/**
 * A place that files are put into. Everything that fails throws a `StorageError`; a signal that is aborted is a
 * `timeout`.
 */
export interface Store {
  /** Signs in and looks into the folder: what is not there, or not let in, is told. */
  look(signal: AbortSignal): Promise<Seen>;
  list(options: ListOptions): Promise<Listing>;
  /** One file by its name; nothing where there is none. */
  find(name: string, signal: AbortSignal): Promise<StoredFile | undefined>;
  /** Writes a small file, or writes it over. */
  put(name: string, bytes: Uint8Array, signal: AbortSignal): Promise<void>;
  remove(name: string, signal: AbortSignal): Promise<void>;
  /** At most so many bytes of a file from its beginning; of a shorter one all. */
  read(name: string, most: number, signal: AbortSignal): Promise<Uint8Array>;
  /** Makes the folder, where the kind of place has folders. */
  makeFolder?(signal: AbortSignal): Promise<void>;
  close(): void;
}
