package dev.lookaside.security.identity;

import io.grpc.Context;

/** The principal of the call that is being served, in gRPC's context. */
public final class Caller {
  static final Context.Key<Principal> KEY =
      Context.keyWithDefault("lookaside-principal", Principal.NOBODY);

  private Caller() {}

  /** Of the current call; nobody where callers are not asked who they are. */
  public static Principal current() {
    return KEY.get();
  }

  /** The current context, with this caller. */
  public static Context with(Principal principal) {
    return Context.current().withValue(KEY, principal);
  }
}
