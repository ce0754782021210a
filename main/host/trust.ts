/**
 * The certificate authorities that are trusted, in PEM: the ones that Node brings with those of NODE_EXTRA_CA_CERTS, and the
 * ones of the operating system, where companies install their own. Reading the latter takes tens of milliseconds.
 */
export async function loadTrustedCertificates(): Promise<string[]> {
  const { getCACertificates } = await import("node:tls");
  return [...new Set([...getCACertificates("default"), ...(await systemCertificates())])];
}

/** How many certificate authorities come from where; null where the platform cannot say. */
export interface TrustCounts {
  readonly default: number;
  readonly system: number | null;
  readonly extra: number;
}

export async function countTrustedCertificates(): Promise<TrustCounts> {
  const { getCACertificates } = await import("node:tls");
  const system = await systemCertificates();
  return {
    default: getCACertificates("default").length,
    system: system.length === 0 ? null : system.length,
    extra: getCACertificates("extra").length,
  };
}

/** A platform without a readable store must not keep the others from being trusted. */
async function systemCertificates(): Promise<string[]> {
  try {
    return (await import("node:tls")).getCACertificates("system");
  } catch {
    return [];
  }
}
