package dev.lookaside.etcd.embedded;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Counts what gRPC writes about calls. */
final class LogLines extends Handler implements AutoCloseable {
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private final AtomicInteger lines = new AtomicInteger();

  LogLines() {
    GRPC.addHandler(this);
  }

  int count() {
    return lines.get();
  }

  @Override
  public void publish(LogRecord line) {
    lines.incrementAndGet();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    GRPC.removeHandler(this);
  }
}
