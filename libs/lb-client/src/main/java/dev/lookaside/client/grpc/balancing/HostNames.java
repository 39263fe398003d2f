package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.NoDestination;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
record HostNames(Executor blocking, Executor context, Lookup lookup) {

  /** All addresses of a host; may block. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] of(String host) throws UnknownHostException;
  }

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
    InetAddress[] hosts;
    try {
      hosts = lookup.of(address.host());
    } catch (UnknownHostException | RuntimeException e) {
      failed.accept(
          Status.UNAVAILABLE
              .withDescription("host " + address.host() + " is unknown")
              .withCause(e));
      return;
    }
    for (InetAddress host : hosts) {
      Optional<String> refusal = NoDestination.refusal(host);
      if (refusal.isPresent()) {
        failed.accept(
            Status.UNAVAILABLE.withDescription(
                address + " leads to " + host.getHostAddress() + ", " + refusal.get()));
        return;
      }
    }
    found.accept(
        Arrays.stream(hosts)
            .<SocketAddress>map(host -> new InetSocketAddress(host, address.port()))
            .toList());
  }
}
