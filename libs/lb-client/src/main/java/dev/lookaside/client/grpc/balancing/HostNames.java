package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.endpoint.Address;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks names up where it may block. A numeric address is no name, and is answered at once. */
final class HostNames {
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|.*:.*");

  private HostNames() {}

  /**
   * @param blocking where a name is looked up
   * @param context where the answer is given
   */
  static void resolve(
      Address address,
      @Nullable Executor blocking,
      Executor context,
      Consumer<InetSocketAddress> found,
      Consumer<Status> failed) {
    if (blocking == null || NUMERIC.matcher(address.host()).matches()) {
      lookUp(address, found, failed);
    } else {
      blocking.execute(() ->
          lookUp(
              address,
              answer -> context.execute(() -> found.accept(answer)),
              status -> context.execute(() -> failed.accept(status))));
    }
  }

  private static void lookUp(
      Address address, Consumer<InetSocketAddress> found, Consumer<Status> failed) {
    InetAddress host;
    try {
      host = InetAddress.getByName(address.host());
    } catch (UnknownHostException e) {
      failed.accept(
          Status.UNAVAILABLE
              .withDescription("host " + address.host() + " is unknown")
              .withCause(e));
      return;
    }
    found.accept(new InetSocketAddress(host, address.port()));
  }
}
