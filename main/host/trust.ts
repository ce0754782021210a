/**
 * The certificate authorities that are trusted, in PEM: the ones that Node brings with those of NODE_EXTRA_CA_CERTS, and the
 * ones of the operating system, where companies install their own. Reading the latter takes tens of milliseconds.
 */
export async function loadTrustedCertificates(): Promise<string[]> {
  return [...new Set([...(await certificates("default")), ...(await certificates("system"))])];
}

/** How many certificate authorities come from where; null where the platform cannot say. */
export interface TrustCounts {
  readonly default: number;
  readonly system: number | null;
  readonly extra: number;
}

export async function countTrustedCertificates(): Promise<TrustCounts> {
  const system = (await certificates("system")).length;
  return {
    default: (await certificates("default")).length,
    system: system === 0 ? null : system,
    extra: (await certificates("extra")).length,
  };
}

/** A store that the platform or its TLS library cannot read must not keep the others from being trusted. */
async function certificates(store: "default" | "system" | "extra"): Promise<string[]> {
  try {
    return (await import("node:tls")).getCACertificates(store);
  } catch {
    return [];
  }
}
