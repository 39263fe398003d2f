package dev.lookaside.simulator.fleet;

/**
 * What a server says of its load.
 *
 * @param inFlight requests running or waiting
 * @param cpuUtilization core time used, as a factor of that allotted
 * @param fullness requests present, on average over the window, as a factor of the capacity; unlike
 *     the core time used, it tells a server that queues from one that is merely busy
 */
public record LoadSample(
    int server,
    int incarnation,
    int inFlight,
    double cpuUtilization,
    double fullness,
    double requestsPerSecond,
    double errorsPerSecond) {}
