package dev.lookaside.trials.bounds;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.ByteString;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.TableVersion;
import io.etcd.jetcd.api.PutRequest;

/** What bad peers ask for. */
final class Requests {
  static final String SUBSCRIBE = LoadBalancerGrpc.getSubscribeMethod().getFullMethodName();
  static final String WATCH_HEALTH = "grpc.health.v1.Health/Watch";
  static final String LOADS = "xds.service.orca.v3.OpenRcaService/StreamCoreMetrics";

  /** Characters of what is to be long, just below what a worker reads at all. */
  static final int LONG = 60_000;

  static final byte[] HALF_REQUEST =
      "GET /actuator/health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(US_ASCII);
  static final byte[] HTTP2_GREETING =
      ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0").getBytes(US_ASCII);

  /** A request of ORCA's whose interval has more bytes than come. */
  static final byte[] MALFORMED = {0x0a, 0x7f, 1};

  private Requests() {}

  static SubscribeRequest.Builder service(String name) {
    return SubscribeRequest.newBuilder().setService(name);
  }

  static SubscribeRequest withEpoch(String epoch) {
    return service("worker")
        .setHave(TableVersion.newBuilder().setEpoch(epoch).setNumber(1))
        .build();
  }

  /** The one field of HealthCheckRequest. */
  static byte[] healthOf(String name) {
    return SubscribeRequest.newBuilder().setService(name).build().toByteArray();
  }

  static ExecuteRequest sleep() {
    return ExecuteRequest.newBuilder().setTask("sleep 3600").build();
  }

  static PutRequest put(String key, int bytes) {
    return PutRequest.newBuilder()
        .setKey(ByteString.copyFromUtf8(key))
        .setValue(ByteString.copyFrom(new byte[bytes]))
        .build();
  }
}
