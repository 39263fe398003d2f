package dev.lookaside.trials.soak;

import dev.lookaside.trials.process.Registrations;

/** A service that is registered, and removed when the next one is: each with another name. */
final class PassingServices implements AutoCloseable {
  private static final String ID = "only";
  private static final int HOSTS = 250;

  private final Registrations registrations;
  private final int port;
  private int number;

  /**
   * @param port of a worker that listens on every loopback address: each service is at another one
   */
  PassingServices(int etcdPort, int port) throws InterruptedException {
    this.registrations = Registrations.at(etcdPort);
    this.port = port;
  }

  void next() throws InterruptedException {
    int next = number + 1;
    registrations.put(name(next), ID, address(next));
    registrations.remove(name(number), ID);
    number = next;
  }

  int passed() {
    return number;
  }

  private static String name(int number) {
    return "passing" + number;
  }

  private String address(int number) {
    return "127.%d.%d.%d:%d"
        .formatted(
            1 + number / (HOSTS * HOSTS) % HOSTS,
            1 + number / HOSTS % HOSTS,
            1 + number % HOSTS,
            port);
  }

  @Override
  public void close() {
    registrations.close();
  }
}
