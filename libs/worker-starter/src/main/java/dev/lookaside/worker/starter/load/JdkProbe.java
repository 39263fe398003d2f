package dev.lookaside.worker.starter.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Reads the machine by what the JDK knows of it, where OSHI is not on the class path. In a
 * container it is the container's. Memory is a little less true: what the system holds in caches
 * counts as used, and of this process what the JVM has committed.
 */
final class JdkProbe implements MachineProbe {
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private double busy;
  private double total;

  /** The JDK gives the share since it was last asked, which a counter of equal parts keeps. */
  @Override
  public Reading read() {
    busy += Math.max(0, system.getCpuLoad());
    total++;
    double size = system.getTotalMemorySize();
    double committed =
        memory.getHeapMemoryUsage().getCommitted() + memory.getNonHeapMemoryUsage().getCommitted();
    return new Reading(
        busy,
        total,
        system.getProcessCpuTime() / (double) TimeUnit.SECONDS.toNanos(1),
        1 - system.getFreeMemorySize() / size,
        committed / size);
  }
}
