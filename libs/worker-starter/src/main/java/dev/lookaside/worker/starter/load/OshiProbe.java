package dev.lookaside.worker.starter.load;

import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.software.os.OSProcess;

/** Reads the machine by OSHI. Loads its native parts, so make it on the thread that samples. */
final class OshiProbe implements MachineProbe {
  private static final double MILLIS_PER_SECOND = 1_000;

  private final CentralProcessor processor;
  private final GlobalMemory memory;
  private final OSProcess process;

  OshiProbe() {
    var system = new SystemInfo();
    processor = system.getHardware().getProcessor();
    memory = system.getHardware().getMemory();
    process = system.getOperatingSystem().getCurrentProcess();
  }

  @Override
  public Reading read() {
    long[] ticks = processor.getSystemCpuLoadTicks();
    double total = 0;
    for (long tick : ticks) {
      total += tick;
    }
    double idle = ticks[TickType.IDLE.getIndex()] + ticks[TickType.IOWAIT.getIndex()];
    process.updateAttributes();
    double size = memory.getTotal();
    return new Reading(
        total - idle,
        total,
        (process.getKernelTime() + process.getUserTime()) / MILLIS_PER_SECOND,
        1 - memory.getAvailable() / size,
        process.getResidentMemory() / size);
  }
}
