package dev.lookaside.simulator.fleet;

/**
 * What a server says of its load.
 *
 * @param inFlight requests running or waiting
 * @param utilization core time used, as a factor of that allotted
 */
public record LoadSample(
    int server,
    int incarnation,
    int inFlight,
    double utilization,
    double requestsPerSecond,
    double errorsPerSecond) {}
