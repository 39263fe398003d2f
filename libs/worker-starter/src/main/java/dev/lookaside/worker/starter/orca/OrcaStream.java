package dev.lookaside.worker.starter.orca;

import dev.lookaside.core.load.LoadReport;
import dev.lookaside.orca.v3.OrcaLoadReport;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One reader of load reports. It gets the newest one or none: what it does not read is skipped. */
final class OrcaStream {
  private static final Logger log = LoggerFactory.getLogger(OrcaStream.class);

  private final ServerCallStreamObserver<OrcaLoadReport> reader;
  private final Supplier<LoadReport> load;
  private final Consumer<OrcaStream> whenEnded;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable Future<?> ticks;

  OrcaStream(
      ServerCallStreamObserver<OrcaLoadReport> reader,
      Supplier<LoadReport> load,
      Consumer<OrcaStream> whenEnded) {
    this.reader = reader;
    this.load = load;
    this.whenEnded = whenEnded;
  }

  void start(ScheduledExecutorService timer, Duration interval) {
    reader.setOnCancelHandler(this::forget);
    ticks = timer.scheduleAtFixedRate(this::report, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    if (ended.get()) {
      stopTicks();
    }
  }

  /** Tells the reader that this worker goes away; safe on every thread. */
  void end() {
    end(Status.UNAVAILABLE.withDescription("the worker is stopping"));
  }

  private void end(Status why) {
    if (forget()) {
      try {
        synchronized (reader) {
          reader.onError(why.asRuntimeException());
        }
      } catch (RuntimeException gone) {
        log.debug("the reader of load reports had left", gone);
      }
    }
  }

  /** What goes wrong here ends this stream: the timer would drop it without a word. */
  private void report() {
    try {
      synchronized (reader) {
        if (!ended.get() && reader.isReady()) {
          reader.onNext(OrcaReports.of(load.get()));
        }
      }
    } catch (RuntimeException | Error e) {
      log.warn("a stream of load reports ends, its reader may ask again", e);
      end(Status.INTERNAL.withDescription("the load could not be reported"));
    }
  }

  private boolean forget() {
    boolean first = ended.compareAndSet(false, true);
    stopTicks();
    whenEnded.accept(this);
    return first;
  }

  private void stopTicks() {
    Future<?> scheduled = ticks;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }
}
