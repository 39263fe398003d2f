package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.LoadReport;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Clients that each send a request, wait for its end, and send the next, to workers in virtual
 * time. Workers report their load every 100 ms.
 */
final class ClosedLoop {
  private static final Duration REPORTS = Duration.ofMillis(100);

  /**
   * How a worker serves.
   *
   * @param places those where it serves requests, the others waiting in order; others may have the
   *     same
   */
  record Worker(double capacity, Places places, Work work) {
    /** Of a worker with so many places of its own. */
    Worker(double capacity, int places, Work work) {
      this(capacity, new Places(places), work);
    }

    /** The same on a machine of its own. */
    Worker another() {
      return new Worker(capacity, places.size(), work);
    }
  }

  /** Where requests are served: cores, say. */
  static final class Places {
    private final long[] free;

    Places(int count) {
      this.free = new long[count];
    }

    int size() {
      return free.length;
    }

    /** Takes the place that is free first; when it is free again. */
    long take(long now, long nanos) {
      int place = 0;
      for (int i = 1; i < free.length; i++) {
        place = free[i] < free[place] ? i : place;
      }
      free[place] = Math.max(now, free[place]) + nanos;
      return free[place];
    }
  }

  /** How long a request takes once it has a place. */
  @FunctionalInterface
  interface Work {
    /** The time, of a worker that has been sent so many before. */
    double millis(long before, SplittableRandom random);
  }

  /**
   * @param startNanos when the client sent it, {@code endNanos} when the client had the answer
   * @param arrivalNanos when it came to the worker, {@code departureNanos} when the answer left
   */
  private record Call(
      int worker, long startNanos, long arrivalNanos, long departureNanos, long endNanos) {
    boolean isAtWorker(long now) {
      return arrivalNanos <= now && now < departureNanos;
    }
  }

  private static final class State {
    final Worker worker;
    long dispatched;
    long served;
    long servedAtReport;

    State(Worker worker) {
      this.worker = worker;
    }
  }

  private final SplittableRandom random;
  private final Fleet fleet;
  private final Picker picker;
  private final List<State> workers;
  private final PriorityQueue<Call> calls =
      new PriorityQueue<>(Comparator.comparingLong(Call::endNanos));
  private final Duration way;
  private long nextReport;

  ClosedLoop(String policy, int clients, long seed, Worker... workers) {
    this(policy, clients, seed, Duration.ZERO, workers);
  }

  /**
   * @param way that a request takes to its worker on average, and its answer back; exponential
   */
  ClosedLoop(String policy, int clients, long seed, Duration way, Worker... workers) {
    this.way = way;
    this.random = new SplittableRandom(seed);
    this.workers = Arrays.stream(workers).map(State::new).toList();
    List<Endpoint> endpoints =
        IntStream.range(0, workers.length)
            .mapToObj(i -> Endpoints.endpoint("w" + i).withCapacity(workers[i].capacity))
            .toList();
    this.fleet = new Fleet(EndpointTable.of(Endpoints.SERVICE, 1, endpoints));
    this.picker = fleet.picker(new Policies(fleet.ticker, random.split()).create(policy));
    report();
    for (int i = 0; i < clients; i++) {
      send();
    }
  }

  /** Goes on for so long. What each worker served in this time, as a factor of the mean. */
  double[] shares(Duration time) {
    long end = fleet.ticker.nanos() + time.toNanos();
    long[] before = workers.stream().mapToLong(w -> w.served).toArray();
    while (Math.min(next(), nextReport) <= end) {
      if (nextReport <= next()) {
        advanceTo(nextReport);
        report();
      } else {
        Call call = calls.remove();
        advanceTo(call.endNanos);
        finish(call);
        send();
      }
    }
    advanceTo(end);
    double[] served = new double[before.length];
    Arrays.setAll(served, i -> (double) (workers.get(i).served - before[i]));
    double mean = Arrays.stream(served).average().orElseThrow();
    return Arrays.stream(served).map(s -> s / mean).toArray();
  }

  double busiestOverMean(Duration time) {
    return Arrays.stream(shares(time)).max().orElseThrow();
  }

  /** How many requests a worker has served so far. */
  long served(int worker) {
    return workers.get(worker).served;
  }

  private long next() {
    return calls.element().endNanos;
  }

  private void advanceTo(long nanos) {
    fleet.ticker.advance(Duration.ofNanos(nanos - fleet.ticker.nanos()));
  }

  private void send() {
    long now = fleet.ticker.nanos();
    Endpoint endpoint = ((PickResult.Picked) picker.pick(PickArgs.ANY)).endpoint();
    fleet.loads.of(endpoint).dispatched(now);
    int index = Integer.parseInt(endpoint.id().substring(1));
    State state = workers.get(index);
    double work = state.worker.work.millis(state.dispatched++, random) * 1e6;
    long arrival = now + onTheWay();
    long departure = state.worker.places.take(arrival, (long) work);
    calls.add(new Call(index, now, arrival, departure, departure + onTheWay()));
  }

  private long onTheWay() {
    return way.isZero() ? 0 : (long) (way.toNanos() * -Math.log(1 - random.nextDouble()));
  }

  private void finish(Call call) {
    State state = workers.get(call.worker);
    state.served++;
    Endpoint endpoint = fleet.table.find("w" + call.worker).orElseThrow();
    // The client's latency is that of its call, which is not all of the time since the pick.
    Duration latency = Duration.ofNanos(call.departureNanos - call.arrivalNanos);
    fleet.loads.completed(
        Endpoints.SERVICE,
        endpoint.id(),
        endpoint.incarnation(),
        Completion.succeeded(latency).pickedAt(call.startNanos));
  }

  private void report() {
    long now = fleet.ticker.nanos();
    nextReport = now + REPORTS.toNanos();
    for (int i = 0; i < workers.size(); i++) {
      State state = workers.get(i);
      int index = i;
      double inFlight =
          calls.stream().filter(call -> call.worker == index && call.isAtWorker(now)).count();
      double perSecond = (state.served - state.servedAtReport) * 10.0;
      state.servedAtReport = state.served;
      fleet.loads.reported(
          fleet.table.find("w" + i).orElseThrow(),
          new LoadReport(
              0,
              0,
              0,
              perSecond,
              0,
              inFlight,
              Map.of(LoadReport.MEAN_REQUESTS_IN_FLIGHT, inFlight),
              now));
    }
  }
}
