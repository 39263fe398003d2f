package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.wire.dial.HostLookup;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Looks names up where it may block. A numeric address is no name, and is answered at once. Nobody
 * is led to where no endpoint can be, whatever a balancer's table says and a name hides.
 *
 * @param blocking where a name is looked up
 * @param context where the answer is given
 */
record HostNames(Executor blocking, Executor context, HostLookup lookup) {

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern NUMERIC =
      Pattern.compile("(" + OCTET + "\\.){3}" + OCTET + "|.*:.*");

  /**
   * Answers once, with one of both.
   *
   * @param found all addresses of the host, in the order in which to try them
   */
  void resolve(Address address, Consumer<List<SocketAddress>> found, Consumer<Status> failed) {
    if (NUMERIC.matcher(address.host()).matches()) {
      lookUp(address, found, failed);
    } else {
      blocking.execute(() ->
          lookUp(
              address,
              answer -> context.execute(() -> found.accept(answer)),
              status -> context.execute(() -> failed.accept(status))));
    }
  }

  private void lookUp(
      Address address, Consumer<List<SocketAddress>> found, Consumer<Status> failed) {
    HostLookup.Found answer = lookup.of(address);
    if (answer instanceof HostLookup.Found.Hosts known) {
      found.accept(
          known.hosts().stream()
              .<SocketAddress>map(host -> new InetSocketAddress(host, address.port()))
              .toList());
    } else {
      failed.accept(Status.UNAVAILABLE.withDescription(answer.reason()));
    }
  }
}
