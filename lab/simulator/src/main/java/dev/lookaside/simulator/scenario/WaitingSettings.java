package dev.lookaside.simulator.scenario;

/**
 * Requests that wait for others (a database, a sleep) in place of computing: they take no core, and
 * neither the load nor the speed of their server changes how long they take.
 *
 * @param share of the requests, 0 to 1; the others bring work
 * @param time how long each waits
 */
public record WaitingSettings(double share, Distribution time) {
  public WaitingSettings {
    Limits.within("share", share, 0, 1);
    Limits.required("time", time, "a distribution");
  }
}
