package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.Request;

/**
 * C3's cubic ranking (Suresh et al., NSDI 2015), on Prequal's probes:
 *
 * <pre>
 * R − s + (1 + own × clients + q)³ × s
 * </pre>
 *
 * <p>R is the moving average of the response times that the client saw, s of the latencies that the
 * server answered, q of the requests in flight that it answered; own is how many requests the
 * client has there now.
 */
final class CubicScore implements ProbeScore {
  static final String NAME = "c3";
  private static final double KEPT = 0.9; // of an average, by each new value

  private final int servers;
  private final double clients;
  private final ClientCounts own;
  // By client and server; 0 until known.
  private final double[] response;
  private final double[] service;
  private final double[] queue;

  CubicScore(World world) {
    this.servers = world.fleet().size();
    this.clients = world.scenario().client().count();
    this.own = new ClientCounts(world);
    int pairs = servers * world.scenario().client().count();
    this.response = new double[pairs];
    this.service = new double[pairs];
    this.queue = new double[pairs];
  }

  @Override
  public double of(int client, int server, double inFlight, double latencyNanos) {
    int pair = client * servers + server;
    double waiting = 1 + own.of(client, server) * clients + queue[pair];
    return response[pair] - service[pair] + waiting * waiting * waiting * service[pair];
  }

  @Override
  public void answered(int client, int server, double inFlight, double latencyNanos) {
    int pair = client * servers + server;
    queue[pair] = KEPT * queue[pair] + (1 - KEPT) * inFlight;
    if (!Double.isNaN(latencyNanos)) {
      service[pair] = averaged(service[pair], latencyNanos);
    }
  }

  @Override
  public void sent(Request request, int server) {
    own.sent(request, server);
  }

  @Override
  public void left(Request request, double latencyNanos) {
    own.left(request);
    int pair = request.client * servers + request.server;
    response[pair] = averaged(response[pair], latencyNanos);
  }

  private static double averaged(double before, double value) {
    return before == 0 ? value : KEPT * before + (1 - KEPT) * value;
  }
}
