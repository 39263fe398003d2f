package dev.lookaside.registry.testing;

import dev.lookaside.testing.net.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** etcd's own gRPC proxy in front of an etcd; it swallows requests for progress. */
public final class GrpcProxy implements AutoCloseable {
  private final URI uri;
  private final Process process;

  private GrpcProxy(URI uri, Process process) {
    this.uri = uri;
    this.process = process;
  }

  /** Returns at once; it listens a moment later. */
  public static GrpcProxy before(URI etcd) {
    try {
      String address = "127.0.0.1:" + FreePorts.one();
      Process process =
          new ProcessBuilder(
                  "etcd",
                  "grpc-proxy",
                  "start",
                  "--endpoints=" + etcd.getAuthority(),
                  "--listen-addr=" + address)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new GrpcProxy(URI.create("http://" + address), process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri() {
    return uri;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException(process.pid() + " did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
