package dev.lookaside.etcd.embedded;

import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.etcd.embedded.store.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that speaks etcd v3's KV, Lease and Watch, so that any etcd client works with it. It
 * keeps everything in memory and is alone: for one machine, for trying things out and for tests.
 *
 * <pre>{@code
 * try (EmbeddedEtcd etcd = EmbeddedEtcd.builder().build().start()) {
 *   Client client = Client.builder().endpoints(etcd.clientUri()).build();
 * }
 * }</pre>
 */
public final class EmbeddedEtcd implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedEtcd.class);

  private final Builder settings;
  private @Nullable Serving serving;

  private EmbeddedEtcd(Builder settings) {
    this.settings = settings;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns once it serves.
   *
   * @throws UncheckedIOException if it cannot listen, for example because the port is in use
   * @throws IllegalStateException if it was started before
   */
  public synchronized EmbeddedEtcd start() {
    if (serving != null) {
      throw new IllegalStateException("started twice (expected: once)");
    }
    try {
      serving = Serving.start(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the embedded etcd cannot listen on " + settings.listen + ": " + e.getMessage(), e);
    }
    log.warn(
        "Embedded etcd at {}: FOR ONE MACHINE ONLY. It lives in the memory of this process;"
            + " when the process ends, all registrations are gone. Use a real etcd for more.",
        clientUri());
    return this;
  }

  /** Where clients on this machine connect. */
  public URI clientUri() {
    return serving().clientUri();
  }

  /** The port it listens on: if 0 was asked for, the one that was found. */
  public int port() {
    return serving().clientUri().getPort();
  }

  private synchronized Serving serving() {
    if (serving == null) {
      throw new IllegalStateException("the embedded etcd is not started (expected: start() first)");
    }
    return serving;
  }

  @Override
  public synchronized void close() {
    if (serving != null) {
      serving.close();
    }
  }

  /** Settings of a server; what is not set has a default. */
  public static final class Builder {
    InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Limits limits = Limits.forHeap(Runtime.getRuntime().maxMemory());
    Duration progressInterval = Duration.ofMinutes(10);
    Ticker ticker = Ticker.system();
    RandomGenerator random = Chance.system();

    private Builder() {}

    /** The port, 0 (the default) for any free one, on the address that is set. */
    public Builder port(int port) {
      listen = new InetSocketAddress(listen.getAddress(), port);
      return this;
    }

    /** The address to listen on; the default is loopback. */
    public Builder address(InetAddress address) {
      listen = new InetSocketAddress(address, listen.getPort());
      return this;
    }

    /** What bounds the memory; the default is a quarter of the heap. */
    public Builder limits(Limits limits) {
      this.limits = limits;
      return this;
    }

    /** How often idle watches that asked for it hear of progress; the default is etcd's, 10 min. */
    public Builder progressInterval(Duration interval) {
      if (interval.isNegative() || interval.isZero()) {
        throw new IllegalArgumentException("progressInterval is " + interval + " (expected: > 0)");
      }
      progressInterval = interval;
      return this;
    }

    /** What leases run by. */
    public Builder ticker(Ticker ticker) {
      this.ticker = ticker;
      return this;
    }

    /** Where ids come from. */
    public Builder random(RandomGenerator random) {
      this.random = random;
      return this;
    }

    public EmbeddedEtcd build() {
      return new EmbeddedEtcd(this);
    }
  }
}
