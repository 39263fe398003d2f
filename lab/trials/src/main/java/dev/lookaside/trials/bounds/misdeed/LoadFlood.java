package dev.lookaside.trials.bounds.misdeed;

import dev.lookaside.testing.fuzz.RawBytes;
import dev.lookaside.trials.process.Registrations;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** A registered endpoint that reports its load as fast as it can. */
public final class LoadFlood implements Misdeed {
  private static final MethodDescriptor<byte[], byte[]> LOADS =
      MethodDescriptor.newBuilder(new RawBytes(), new RawBytes())
          .setType(MethodType.SERVER_STREAMING)
          .setFullMethodName("xds.service.orca.v3.OpenRcaService/StreamCoreMetrics")
          .build();

  @Override
  public void commit(Target target, Told told, Deadline end)
      throws IOException, InterruptedException {
    LongAdder reports = new LongAdder();
    Server server =
        NettyServerBuilder.forAddress(BadPeer.anyPort())
            .directExecutor()
            .addService(
                ServerServiceDefinition.builder("xds.service.orca.v3.OpenRcaService")
                    .addMethod(LOADS, (call, headers) -> Flood.begin(call, told, reports))
                    .build())
            .build()
            .start();
    try (Registrations registrations = Registrations.at(target.etcd())) {
      registrations.put("flood", "flood1", "127.0.0.2:" + server.getPort());
      end.await();
      told.add("%,d reports sent".formatted(reports.sum()));
    } finally {
      server.shutdownNow();
    }
  }

  private static final class Flood extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;
    private final Told told;
    private final LongAdder reports;

    Flood(ServerCall<byte[], byte[]> call, Told told, LongAdder reports) {
      this.call = call;
      this.told = told;
      this.reports = reports;
    }

    static Flood begin(ServerCall<byte[], byte[]> call, Told told, LongAdder reports) {
      call.request(1);
      call.sendHeaders(new Metadata());
      return new Flood(call, told, reports);
    }

    @Override
    public void onHalfClose() {
      onReady();
    }

    @Override
    public void onReady() {
      while (call.isReady()) {
        call.sendMessage(new byte[0]);
        reports.increment();
      }
    }

    @Override
    public void onCancel() {
      told.add("the balancer ends the stream");
    }
  }
}
