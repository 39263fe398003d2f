package dev.lookaside.worker.starter.load;

import dev.lookaside.core.concurrent.DaemonThreads;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ClassUtils;

/** Samples the machine on a thread of its own, once for all who ask. */
public final class LoadSampler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoadSampler.class);
  private static final long INTERVAL_MILLIS = 100;

  private final LoadMeter meter;
  private final Supplier<MachineProbe> probes;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("worker-load"));

  LoadSampler(LoadMeter meter, Supplier<MachineProbe> probes) {
    this.meter = meter;
    this.probes = probes;
  }

  /** A sampler of this host and this process. */
  public static LoadSampler ofThisMachine(LoadMeter meter) {
    boolean oshi = ClassUtils.isPresent("oshi.SystemInfo", LoadSampler.class.getClassLoader());
    return new LoadSampler(meter, oshi ? OshiProbe::new : JdkProbe::new);
  }

  /** Starts sampling; returns before the probe has been made. */
  public void start() {
    thread.execute(() -> {
      MachineProbe probe = probe();
      var unused =
          thread.scheduleWithFixedDelay(
              () -> sample(probe), 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    });
  }

  private MachineProbe probe() {
    try {
      return probes.get();
    } catch (RuntimeException | LinkageError e) {
      log.warn("cannot read this host by OSHI, the JDK stands in: {}", e.toString());
      return new JdkProbe();
    }
  }

  private void sample(MachineProbe probe) {
    try {
      meter.sample(probe.read());
    } catch (RuntimeException e) {
      log.debug("a reading of the machine failed; the last one stands", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
