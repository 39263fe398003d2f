package dev.lookaside.client.grpc;

import java.util.Optional;

/** A name for this process that others are unlikely to have. */
final class ClientId {

  private ClientId() {}

  static String ofThisProcess() {
    String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("client");
    return host.substring(0, Math.min(host.length(), 100)) + "-" + ProcessHandle.current().pid();
  }
}
