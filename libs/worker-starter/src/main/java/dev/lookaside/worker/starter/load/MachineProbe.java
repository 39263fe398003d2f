package dev.lookaside.worker.starter.load;

/** Reads the counters of this host and this process. May block for some milliseconds. */
@FunctionalInterface
public interface MachineProbe {

  Reading read();

  /**
   * Counters since some start, of which only differences mean anything, and levels of memory.
   *
   * @param hostBusyTicks processor time of the host that was not idle
   * @param hostTotalTicks all processor time of the host, in the same unit
   * @param processCpuSeconds processor time of this process
   * @param hostMemory used share of the host's memory, 0 to 1
   * @param processMemory resident share of the host's memory that this process holds, 0 to 1
   */
  record Reading(
      double hostBusyTicks,
      double hostTotalTicks,
      double processCpuSeconds,
      double hostMemory,
      double processMemory) {}
}
