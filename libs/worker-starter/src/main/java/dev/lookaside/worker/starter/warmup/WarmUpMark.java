package dev.lookaside.worker.starter.warmup;

import io.grpc.Metadata;
import java.util.UUID;

/**
 * Tells a worker's calls to itself from its callers': they are slow, being the first, and a
 * balancer that saw them in the load report would think so of the worker. The mark is a secret of
 * this process, so that no caller can hide behind it.
 */
public final class WarmUpMark {
  private static final Metadata.Key<String> KEY =
      Metadata.Key.of("lookaside-warm-up", Metadata.ASCII_STRING_MARSHALLER);

  private final String secret = UUID.randomUUID().toString();
  private volatile boolean inUse;

  /** Whether a call with these headers is one of this worker's own. */
  public boolean isOn(Metadata headers) {
    return inUse && secret.equals(headers.get(KEY));
  }

  Metadata use() {
    inUse = true;
    var headers = new Metadata();
    headers.put(KEY, secret);
    return headers;
  }

  void retire() {
    inUse = false;
  }
}
