import type { TransportFailure } from "../../app/ports.ts";
import { AnswerTooLarge, UndecodableAnswer } from "./answer-body.ts";
import { ProxyAddressError } from "./network.ts";

/**
 * Names what went wrong on the wire. The detail is a plain clause of ours, with an error code at most: never the message of the
 * error, which may quote an address or a header.
 */
export function classifyTransportError(error: unknown, status: number): TransportFailure {
  if (error instanceof AnswerTooLarge) return { kind: "too-large", status };
  if (error instanceof UndecodableAnswer) return { kind: "malformed", detail: error.message };
  if (error instanceof ProxyAddressError) return { kind: "unreachable", detail: error.message };
  const proxyStatus = proxyAnswer(error);
  if (proxyStatus !== null) return { kind: "unreachable", detail: `the proxy answered ${proxyStatus}` };
  const code = codeOf(error);
  if (code === "UND_ERR_PRX_TLS")
    return { kind: "tls-untrusted", detail: "the proxy's certificate is for another name" };
  const untrusted = CERTIFICATE_PROBLEMS[code];
  if (untrusted !== undefined) return { kind: "tls-untrusted", detail: `${untrusted} (${code})` };
  switch (code) {
    case "ENOTFOUND":
    case "ENODATA":
      return { kind: "unreachable", detail: "no such host" };
    case "EAI_AGAIN":
    case "EAI_FAIL":
      return { kind: "unreachable", detail: "the host's name cannot be looked up" };
    case "ECONNREFUSED":
      return { kind: "unreachable", detail: "connection refused" };
    case "EHOSTUNREACH":
    case "EHOSTDOWN":
    case "ENETUNREACH":
    case "ENETDOWN":
    case "EADDRNOTAVAIL":
      return { kind: "unreachable", detail: "no route to the host" };
    case "EACCES":
    case "EPERM":
      return { kind: "unreachable", detail: "this computer does not allow the connection" };
    case "ECONNRESET":
    case "ECONNABORTED":
    case "EPIPE":
    case "UND_ERR_SOCKET":
    case "UND_ERR_ABORTED":
    case "UND_ERR_DESTROYED":
    case "ERR_STREAM_PREMATURE_CLOSE":
      return { kind: "unreachable", detail: "connection cut" };
    case "UND_ERR_PRX_CONN":
      return { kind: "unreachable", detail: "the proxy cut the connection" };
    case "ETIMEDOUT":
    case "UND_ERR_CONNECT_TIMEOUT":
    case "UND_ERR_HEADERS_TIMEOUT":
    case "UND_ERR_BODY_TIMEOUT":
      return { kind: "timed-out" };
    case "UND_ERR_HEADERS_OVERFLOW":
    case "HPE_HEADER_OVERFLOW":
      return { kind: "malformed", detail: "the answer's headers are too large" };
    case "UND_ERR_RES_CONTENT_LENGTH_MISMATCH":
      return { kind: "malformed", detail: "the answer is longer or shorter than it says" };
    case "UND_ERR_INVALID_ARG":
    case "UND_ERR_NOT_SUPPORTED":
      return { kind: "malformed", detail: "the request cannot be sent" };
    default:
      break;
  }
  // llhttp's own code is not always handed on.
  if (code.startsWith("HPE_") || (error instanceof Error && error.name === "HTTPParserError")) {
    return { kind: "malformed", detail: "the answer is not HTTP" };
  }
  if (code.startsWith("ERR_SSL_") || code === "EPROTO" || code.startsWith("ERR_TLS_")) {
    return { kind: "unreachable", detail: `no secure connection could be made (${code})` };
  }
  return {
    kind: "unreachable",
    detail: /^[A-Z][A-Z0-9_]*$/.test(code) ? `connection failed (${code})` : "connection failed",
  };
}

/** OpenSSL's reasons to distrust a certificate, as Node names them in `code`. */
const CERTIFICATE_PROBLEMS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate authority is not trusted",
  UNABLE_TO_GET_ISSUER_CERT: "its certificate authority is unknown",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate authority is unknown",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate authority is unknown, or a certificate between is missing",
  CERT_UNTRUSTED: "its certificate authority is not trusted",
  CERT_HAS_EXPIRED: "the certificate has expired",
  CERT_NOT_YET_VALID: "the certificate is not valid yet; is the clock right?",
  CERT_REVOKED: "the certificate was revoked",
  CERT_REJECTED: "the certificate was rejected",
  CERT_SIGNATURE_FAILURE: "the certificate's signature is wrong",
  CERT_CHAIN_TOO_LONG: "the chain of certificates is too long",
  INVALID_CA: "its certificate authority may not issue certificates",
  INVALID_PURPOSE: "the certificate is not for servers",
  PATH_LENGTH_EXCEEDED: "the chain of certificates is too long",
  HOSTNAME_MISMATCH: "the certificate is for another name",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is for another name",
  ERR_TLS_CERT_ALTNAME_FORMAT: "the certificate's names cannot be read",
};

function codeOf(error: unknown): string {
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string") {
    return error.code;
  }
  return "";
}

/** undici tells a proxy's refusal only in words: with a tunnel "Proxy response (502) …", without one "… (407)". */
function proxyAnswer(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  const found = /^Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(error.message);
  return found === null ? null : Number(found[1]);
}
