package dev.lookaside.client.grpc.balancing;

import io.grpc.CallOptions;

/** What a caller may say of one call. */
public final class CallKeys {

  /**
   * Calls of the same key belong together; only policies with affinity, such as hash, look at it.
   */
  public static final CallOptions.Key<String> AFFINITY =
      CallOptions.Key.create("dev.lookaside.affinity");

  /** Who is told where the call went. */
  public static final CallOptions.Key<AttemptListener> ATTEMPTS =
      CallOptions.Key.create("dev.lookaside.attempts");

  /** Who is told which endpoints the call is given. */
  public static final CallOptions.Key<PickListener> PICKS =
      CallOptions.Key.create("dev.lookaside.picks");

  /** Where the attempts of this call went; set by {@link AttemptMemory}. */
  static final CallOptions.Key<TriedEndpoints> TRIED =
      CallOptions.Key.create("dev.lookaside.tried");

  private CallKeys() {}
}
