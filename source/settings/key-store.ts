/** The system's key store: Keychain, Credential Manager, or a Secret Service (GNOME Keyring, KWallet …). */
interface KeyStore {
  get(account: string): Promise<string | undefined>;
  set(account: string, secret: string): Promise<void>;
  /** `false` when it was not there. */
  remove(account: string): Promise<boolean>;
}

const service = 'ferry';

/** The session bus of a server answers late when nobody is logged in to its desktop. Milliseconds. */
const patienceMs = 5000;

/**
 * The key store of this machine, or nothing where there is none, as on most servers.
 *
 * On Linux only a Secret Service counts: the kernel's own key ring forgets at the next start.
 */
export async function openKeyStore(): Promise<KeyStore | undefined> {
  try {
    const { AsyncEntry } = await import('@napi-rs/keyring');
    const entry = (account: string) =>
      new AsyncEntry(service, account, { linux: { store: 'secret-service' } });
    const store: KeyStore = {
      get: async (account) => (await inTime(entry(account).getPassword())) ?? undefined,
      set: (account, secret) => inTime(entry(account).setPassword(secret)),
      remove: (account) => inTime(entry(account).deletePassword()),
    };
    // Whether it is open shows only when it is asked.
    await store.get('ferry-probe');
    return store;
  } catch {
    return undefined;
  }
}

function inTime<Value>(promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the key store does not answer')), patienceMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
