package dev.lookaside.lb.dashboard.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import dev.lookaside.orca.v3.OrcaLoadReport;
import dev.lookaside.orca.v3.OrcaLoadReportRequest;
import dev.lookaside.registry.codec.EndpointCodec;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.PutOption;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Many workers that are one server: each has an address of its own on loopback, and a load of its
 * own that goes up and down.
 */
final class Fleet implements AutoCloseable {
  private static final Context.Key<Integer> NUMBER = Context.key("worker");
  private static final List<String> ZONES = List.of("eu-1a", "eu-1b", "eu-1c");
  private static final long LEASE_SECONDS = 3_600;
  private static final int HOSTS = 250;
  private static final int MANY = 100;

  /** What a balancer of many of them asks for. */
  static final String SELDOM = "--lb.load.interval=500ms";

  private static final double CAPACITY = 16;

  private final List<String> ids;
  private final List<String> zones;
  private final Server server;
  private final Client etcd;
  private final long lease;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Reports reports = new Reports();
  private final long everyMillis;
  private final AtomicInteger ticks = new AtomicInteger();

  /** Workers with these ids, registered at this etcd. */
  Fleet(URI etcdAt, List<String> ids) throws IOException {
    this(etcdAt, ids, ZONES);
  }

  Fleet(URI etcdAt, List<String> ids, List<String> zones) throws IOException {
    this.ids = ids;
    this.zones = zones;
    this.everyMillis = ids.size() > MANY ? 500 : 100;
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("0.0.0.0", 0))
            .addService(reports)
            .intercept(new WhichWorker())
            .build()
            .start();
    etcd = Client.builder().endpoints(etcdAt.toString()).build();
    lease = etcd.getLeaseClient().grant(LEASE_SECONDS).join().getID();
    CompletableFuture.allOf(
            IntStream.range(0, ids.size())
                .mapToObj(this::register)
                .toArray(CompletableFuture[]::new))
        .join();
    var unused = timer.scheduleAtFixedRate(reports::tell, 0, everyMillis, TimeUnit.MILLISECONDS);
  }

  static List<String> named(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "worker-%04d".formatted(i)).toList();
  }

  /** Nothing is known of its load. */
  void registerOneThatDoesNotAnswer(String id) {
    put(endpoint(id, 0, new Address("127.0.0.1", 1))).join();
  }

  private CompletableFuture<?> register(int number) {
    Address address =
        new Address(
            "127.0.%d.%d".formatted(1 + number / HOSTS, 1 + number % HOSTS), server.getPort());
    return put(endpoint(ids.get(number), number, address));
  }

  private Endpoint endpoint(String id, int number, Address address) {
    return new Endpoint(
        "worker",
        id,
        address,
        new Locality("", zones.get(number % zones.size()), ""),
        1,
        CAPACITY,
        EndpointState.READY,
        "1",
        Map.of("version", number % 10 == 9 ? "2.4.1" : "2.4.0"));
  }

  private CompletableFuture<?> put(Endpoint endpoint) {
    return etcd.getKVClient()
        .put(
            ByteSequence.from("lookaside/worker/" + endpoint.id(), UTF_8),
            EndpointCodec.encode(endpoint),
            PutOption.builder().withLeaseId(lease).build());
  }

  private OrcaLoadReport report(int number) {
    double wave =
        0.5
            + 0.3 * Math.sin(ticks.get() * everyMillis * 1e-4 + number * 0.7)
            + 0.1 * Math.sin(number * 12.9898);
    double inFlight = Math.max(0, Math.rint(wave * CAPACITY));
    return OrcaLoadReport.newBuilder()
        .setCpuUtilization(Math.min(1, wave * 0.9))
        .setApplicationUtilization(inFlight / CAPACITY)
        .setRpsFractional(inFlight * 25)
        .putNamedMetrics(LoadReport.REQUESTS_IN_FLIGHT, inFlight)
        .build();
  }

  private final class Reports extends OpenRcaServiceGrpc.OpenRcaServiceImplBase {
    private record Stream(int number, StreamObserver<OrcaLoadReport> client) {
      boolean tell(OrcaLoadReport report) {
        synchronized (client) {
          try {
            client.onNext(report);
            return true;
          } catch (RuntimeException gone) {
            return false;
          }
        }
      }
    }

    private final List<Stream> open = new CopyOnWriteArrayList<>();

    @Override
    public void streamCoreMetrics(
        OrcaLoadReportRequest request, StreamObserver<OrcaLoadReport> client) {
      Stream stream = new Stream(NUMBER.get(), client);
      open.add(stream);
      var unused = stream.tell(report(stream.number));
    }

    void tell() {
      ticks.incrementAndGet();
      open.removeIf(stream -> !stream.tell(report(stream.number)));
    }
  }

  /** By the address that it was called at. */
  private static final class WhichWorker implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      var local = (InetSocketAddress) call.getAttributes().get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR);
      byte[] bytes = local.getAddress().getAddress();
      int number = (bytes[2] - 1) * HOSTS + (bytes[3] & 0xff) - 1;
      return Contexts.interceptCall(
          Context.current().withValue(NUMBER, number), call, headers, next);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    etcd.close();
    server.shutdownNow();
  }
}
